import { expect, test } from './fixtures/test';

for (const end of ['stop', 'kill'] as const) {
  test(`tasks and the session are there after the server was ended by ${end}`, async ({ page, server, account }) => {
    await account.add('Written before');
    await page.goto('/');
    const add = page.getByLabel('New task');
    await add.fill('Written in the page');
    const saved = page.waitForResponse((answer) => answer.url().endsWith('/api/tasks') && answer.status() === 201);
    await add.press('Enter');
    await saved;

    await server[end]();
    await server.start();

    expect(await account.descriptions()).toEqual(['Written in the page', 'Written before']);
    await page.reload();
    await expect(page.getByRole('checkbox', { name: 'Written in the page' })).toBeVisible();
    await expect(page.getByRole('checkbox', { name: 'Written before' })).toBeVisible();
  });
}

test('a task that is added while the server is down is saved once when it is back', async ({
  page,
  server,
  account,
}) => {
  await page.goto('/');
  await expect(page.getByText('A clear page')).toBeVisible();
  await server.kill();
  const add = page.getByLabel('New task');
  await add.fill('Written without a server');
  await add.press('Enter');
  await expect(page.getByRole('checkbox', { name: 'Written without a server' })).toBeVisible();

  await server.start();
  await expect.poll(() => account.descriptions(), { timeout: 45_000 }).toEqual(['Written without a server']);
});

test('a first visit asks for the list once, the next one only for what changed', async ({ page, account }) => {
  await account.add('Written before');
  const asked: string[] = [];
  page.on('request', (request) => {
    const { pathname, search } = new URL(request.url());
    if (pathname === '/api/tasks') asked.push(search.replace(/=.*/, ''));
  });
  await page.goto('/');
  await expect(page.getByRole('checkbox', { name: 'Written before' })).toBeVisible();
  // Kept when the page has been quiet for a while.
  await expect.poll(() => page.evaluate(() => localStorage.getItem('tms.kept')), { timeout: 20_000 }).not.toBeNull();
  expect(asked).toEqual(['?limit']);

  await account.add('Written elsewhere');
  await page.reload();
  await expect(page.getByRole('checkbox', { name: 'Written elsewhere' })).toBeVisible();
  expect(asked).toEqual(['?limit', '?since']);
});
