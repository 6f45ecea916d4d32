import { expect, test } from './fixtures/test';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

test('a newcomer signs up and keeps tasks by touch on a phone', async ({ page, server }) => {
  const name = `touch.${Date.now().toString(36)}`;
  const email = `${name}@example.org`;
  await page.goto('/');
  await page.getByRole('link', { name: 'Create an account' }).tap();
  await page.getByRole('heading', { name: 'Create an account' }).waitFor();
  await page.getByLabel('User name').fill(name);
  await page.getByLabel('E-mail address').fill(email);
  await page.locator('#password').fill('correct horse battery');
  await page.getByRole('button', { name: 'Sign up' }).tap();
  await page.locator('#otp').fill(await server.code(email));

  const add = page.getByLabel('New task');
  await add.fill('Water the plants');
  await add.press('Enter');
  const plants = page.getByRole('checkbox', { name: 'Water the plants' });
  await expect(plants).toBeVisible();

  await page.getByRole('button', { name: 'More for Water the plants' }).tap();
  await page.getByRole('menuitem', { name: 'Edit' }).tap();
  const editor = page.getByRole('dialog', { name: 'Edit task' });
  await editor.getByLabel('Task', { exact: true }).fill('Water all the plants');
  await editor.getByRole('button', { name: 'Save' }).tap();
  const all = page.getByRole('checkbox', { name: 'Water all the plants' });
  await expect(all).toBeVisible();

  await all.tap();
  await expect(page.getByText('Completed “Water all the plants”').first()).toBeVisible();
  await page.getByRole('button', { name: /^Undo.*Completed “Water all the plants”/ }).tap();
  await expect(all).not.toBeChecked();

  await page.getByRole('button', { name: 'More for Water all the plants' }).tap();
  await page.getByRole('menuitem', { name: 'Delete' }).tap();
  await expect(all).toHaveCount(0);
  await page.getByRole('button', { name: /^Undo.*Deleted “Water all the plants”/ }).tap();
  await expect(all).toBeVisible();
});

test('no page scrolls sideways at 320 px', async ({ page, account }) => {
  await account.add(`A rather long task ${'with many words '.repeat(10)}`);
  await page.setViewportSize({ width: 320, height: 640 });
  for (const path of ['/', '/settings', '/help', '/nowhere']) {
    await page.goto(path);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  }
});
