import { day } from './fixtures/account';
import { expect, test } from './fixtures/test';

test('filters and the search stand in the address and survive a reload', async ({ page, account }) => {
  await account.add('Pay the rent', { due_date: day(0) });
  await account.add('Paint the fence', { status: 'in_progress' });
  await page.goto('/?q=pai');
  await expect(page.getByRole('checkbox', { name: 'Paint the fence' })).toBeVisible();
  await expect(page.getByRole('checkbox', { name: 'Pay the rent' })).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('checkbox', { name: 'Paint the fence' })).toBeVisible();
  await page.goto('/?view=today');
  await expect(page.getByRole('checkbox', { name: 'Pay the rent' })).toBeVisible();
  await expect(page.getByRole('checkbox', { name: 'Paint the fence' })).toHaveCount(0);
});

test('overdue is said in words, not by colour alone', async ({ page, account }) => {
  await account.add('Return the books', { due_date: day(-3) });
  await page.goto('/');
  const row = page.getByRole('listitem').filter({ has: page.getByRole('checkbox', { name: 'Return the books' }) });
  await expect(row).toContainText('Overdue');
});

test('a change made elsewhere shows up when the page is looked at again', async ({ page, account }) => {
  const id = await account.add('Before');
  await page.goto('/');
  await expect(page.getByRole('checkbox', { name: 'Before' })).toBeVisible();
  await account.change(id, { description: 'After' });
  await page.evaluate(() => {
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  });
  await expect(page.getByRole('checkbox', { name: 'After' })).toBeVisible();
});

test('two versions of one task are both shown, and the chosen one stays', async ({ page, account }) => {
  const id = await account.add('Book a table for four');
  await page.goto('/');
  await page.getByRole('checkbox', { name: 'Book a table for four' }).focus();
  await page.keyboard.press('Enter');
  await account.change(id, { description: 'Book a table for six' });
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('Book a table for five');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Two versions of this task' });
  await expect(dialog).toContainText('Book a table for five');
  await expect(dialog).toContainText('Book a table for six');
  await dialog.getByRole('button', { name: 'Keep mine' }).click();
  await expect.poll(() => account.descriptions()).toEqual(['Book a table for five']);
});

test('text that looks like HTML is shown as it was typed', async ({ page, account }) => {
  const text = '<img src=x onerror=alert(1)> <b>"&amp;';
  page.on('dialog', () => {
    throw new Error('a script ran');
  });
  await page.goto('/');
  await page.getByLabel('New task').fill(text);
  await page.getByLabel('New task').press('Enter');
  await expect(page.getByText(text, { exact: true }).first()).toBeVisible();
  await expect.poll(() => account.descriptions()).toEqual([text]);
});

test('quick completions in a row all arrive, in the end state that the screen shows', async ({ page, account }) => {
  for (let number = 1; number <= 5; number += 1) await account.add(`Task ${number}`);
  await page.goto('/');
  for (let number = 1; number <= 5; number += 1) await page.getByRole('checkbox', { name: `Task ${number}` }).click();
  await page
    .getByRole('link', { name: /Completed/ })
    .first()
    .click();
  await expect(page.getByRole('checkbox')).toHaveCount(5);
  await page.reload();
  await expect(page.getByRole('checkbox')).toHaveCount(5);
});

test('a banner above the page moves nothing out of the window', async ({ page, account }) => {
  await account.add('Buy milk');
  await page.goto('/');
  await page.getByRole('checkbox', { name: 'Buy milk' }).waitFor();
  await page.context().setOffline(true);
  await expect(page.getByText('No connection to the server')).toBeVisible();
  await expect(page.getByRole('button', { name: account.username })).toBeInViewport({ ratio: 1 });
  await page.context().setOffline(false);
});

const tasksChunk = /\/assets\/tasks-[^/]*\.js$/;

test('who is signed in gets the code of the tasks beside that of the frame', async ({ page, account }) => {
  expect(account.username).toBeTruthy();
  // The frame never comes: what is asked for nevertheless does not wait for it.
  await page.route(/\/assets\/index-[^/]*\.js$/, () => undefined);
  const asked = page.waitForRequest(tasksChunk);
  await page.goto('/', { waitUntil: 'commit' });
  await asked;
  await page.unrouteAll({ behavior: 'ignoreErrors' });
});

test('a stranger does not get the code of the tasks', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto('/', { waitUntil: 'networkidle' });
  await expect(page.getByRole('heading', { name: 'Log in' })).toBeVisible();
  expect(asked.filter((url) => tasksChunk.test(url))).toEqual([]);
});

test('of a long list only the rows in sight are in the page, and the place is kept on the way back', async ({
  page,
  account,
}) => {
  for (let number = 1; number <= 120; number += 1) await account.add(`Task number ${number}`);
  await page.goto('/');
  const rows = page.locator('li[data-task]');
  await expect(rows.first()).toHaveAttribute('aria-setsize', '120');
  expect(await rows.count()).toBeLessThan(60);
  await page.mouse.move(640, 400);
  await page.mouse.wheel(0, 3000);
  await expect(page.getByText('Task number 55', { exact: true })).toBeInViewport();
  await page.getByRole('button', { name: account.username }).click();
  await page.getByRole('menuitem', { name: 'Settings' }).click();
  await page.getByText('This device').waitFor();
  await page.goBack();
  await expect(page.getByText('Task number 55', { exact: true })).toBeInViewport();
});
