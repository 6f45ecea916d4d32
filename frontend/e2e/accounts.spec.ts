import { Account, password } from './fixtures/account';
import { expect, test } from './fixtures/test';

test('log-in with a wrong password says the same as with an unknown name', async ({ page, server }) => {
  const account = await Account.create(server);
  const refusals: (string | null)[] = [];
  for (const name of [account.username, 'nobody.at.all']) {
    await page.goto('/login');
    await page.fill('#username', name);
    await page.fill('#password', 'not the right one');
    await page.keyboard.press('Enter');
    const error = page.locator('#password-error');
    await expect(error).toBeVisible();
    refusals.push(await error.textContent());
    await expect(page.locator('#username')).toHaveValue(name);
    await expect(page.locator('#password')).toBeFocused();
  }
  expect(refusals[0]).toBe(refusals[1]);
});

test('log-out in one tab signs out the other and keeps nothing behind', async ({ page, context, account }) => {
  await account.add('Secret plans');
  await page.goto('/');
  await expect(page.getByRole('checkbox', { name: 'Secret plans' })).toBeVisible();
  const other = await context.newPage();
  await other.goto('/');
  await expect(other.getByRole('checkbox', { name: 'Secret plans' })).toBeVisible();

  await page.getByRole('button', { name: /Account of/ }).click();
  await page.getByRole('menuitem', { name: 'Log out' }).click();
  await expect(page).toHaveURL(/\/login/);
  await expect(other).toHaveURL(/\/login/);
  const left = await page.evaluate(async () => {
    const names = (await indexedDB.databases()).map((database) => database.name ?? '');
    return JSON.stringify({ names, local: { ...localStorage }, session: { ...sessionStorage } });
  });
  expect(left).not.toContain('Secret plans');
  expect((await context.cookies()).filter((cookie) => cookie.name.includes('tms_session'))).toEqual([]);
});

test('a session that ended elsewhere asks to log in over the page, and nothing typed is lost', async ({
  page,
  context,
  account,
}) => {
  await page.goto('/');
  await expect(page.getByText('A clear page')).toBeVisible();
  await context.clearCookies();
  const add = page.getByLabel('New task');
  await add.fill('Typed while logged out');
  await add.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Log in to go on' });
  await expect(dialog).toBeVisible();
  await dialog.locator('input[type=password]').fill(password);
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect.poll(async () => page.getByRole('checkbox', { name: 'Typed while logged out' }).count()).toBe(1);
  await page.reload();
  await expect(page.getByRole('checkbox', { name: 'Typed while logged out' })).toBeVisible();
  expect(await account.descriptions()).toEqual(['Typed while logged out']);
});

test('a wrong code says how many tries are left, and a pasted one with spaces is understood', async ({
  page,
  server,
}) => {
  const name = `paste.${Date.now().toString(36)}`;
  await page.goto('/signup');
  await page.fill('#username', name);
  await page.fill('#email', `${name}@example.org`);
  await page.fill('#password', password);
  await page.keyboard.press('Enter');
  await page.locator('#otp').waitFor();
  const code = await server.code(`${name}@example.org`);
  const wrong = code === '00000000' ? '11111111' : '00000000';
  await page.fill('#otp', wrong);
  await expect(page.locator('#otp-error')).toContainText('4 tries left');
  await page.fill('#otp', ` ${code.slice(0, 4)} ${code.slice(4)}\n`);
  await page.getByRole('button', { name: 'Confirm' }).click();
  await expect(page.getByLabel('New task')).toBeVisible();
});
