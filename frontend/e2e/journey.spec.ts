import { tabTo } from './fixtures/keyboard';
import { expect, test } from './fixtures/test';

test('a newcomer does everything by keyboard alone, from sign-up to a new password', async ({ page, server }) => {
  const name = `keys.${Date.now().toString(36)}`;
  const email = `${name}@example.org`;

  await page.goto('/');
  await expect(page).toHaveURL(/\/login$/);
  await tabTo(page, 'Create an account');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Create an account' })).toBeFocused();
  await tabTo(page, 'username');
  await page.keyboard.type(name);
  await page.keyboard.press('Tab');
  await page.keyboard.type(email);
  await tabTo(page, 'password');
  await page.keyboard.type('correct horse battery');
  await page.keyboard.press('Enter');

  await expect(page.getByRole('heading', { name: 'Check your e-mail' })).toBeVisible();
  await tabTo(page, 'otp');
  await page.keyboard.type(await server.code(email));
  await page.keyboard.press('Enter');

  await expect(page.getByLabel('New task')).toBeVisible();
  await tabTo(page, 'New task');
  await page.keyboard.type('Buy milk');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Call the dentist');
  await page.keyboard.press('Enter');
  const milk = page.getByRole('checkbox', { name: 'Buy milk' });
  const dentist = page.getByRole('checkbox', { name: 'Call the dentist' });
  await expect(milk).toBeVisible();
  await expect(dentist).toBeVisible();

  await tabTo(page, 'Call the dentist');
  await page.keyboard.press('Enter');
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('Call the dentist on Friday');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('checkbox', { name: 'Call the dentist on Friday' })).toBeVisible();

  await milk.focus();
  await page.keyboard.press('Space');
  await expect(page.getByText('Completed “Buy milk”').first()).toBeVisible();
  await page.getByRole('checkbox', { name: 'Call the dentist on Friday' }).focus();
  await page.keyboard.press('Delete');
  await expect(page.getByText('Deleted “Call the dentist on Friday”').first()).toBeVisible();
  await page.keyboard.press('ControlOrMeta+Z');
  await expect(page.getByRole('checkbox', { name: 'Call the dentist on Friday' })).toBeVisible();

  await tabTo(page, 'Account of');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Log out' })).toBeVisible();
  for (let presses = 0; presses < 8; presses += 1) {
    const focused = await page.evaluate(() => document.activeElement?.textContent?.trim());
    if (focused === 'Log out') break;
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/login/);

  await tabTo(page, 'Forgot password?');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Forgot your password?' })).toBeFocused();
  await tabTo(page, 'email');
  await page.keyboard.type(email);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Set a new password' })).toBeVisible();
  await tabTo(page, 'otp');
  await page.keyboard.type(await server.code(email, 1));
  await tabTo(page, 'new_password');
  await page.keyboard.type('another horse battery');
  await page.keyboard.press('Enter');

  await expect(page.getByText('Your password is changed')).toBeVisible();
  await tabTo(page, 'password');
  await page.keyboard.type('another horse battery');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('checkbox', { name: 'Call the dentist on Friday' })).toBeVisible();
  await expect(page.getByRole('checkbox', { name: 'Buy milk' })).toHaveCount(0);
});

test('codes, passwords and tokens never stand in an address', async ({ page, server }) => {
  const visited: string[] = [];
  page.on('request', (request) => visited.push(request.url()));
  const email = `url.${Date.now().toString(36)}@example.org`;
  await page.goto('/signup');
  await page.fill('#username', email.split('@')[0] ?? '');
  await page.fill('#email', email);
  await page.fill('#password', 'correct horse battery');
  await page.keyboard.press('Enter');
  const code = await server.code(email);
  await page.fill('#otp', code);
  await expect(page.getByLabel('New task')).toBeVisible();
  const token = (await page.context().cookies()).find((cookie) => cookie.name.includes('tms_session'))?.value ?? '?';
  expect(token.length).toBeGreaterThan(100);
  for (const url of visited) {
    expect(url).not.toContain(code);
    expect(url).not.toContain(token);
    expect(url).not.toContain('battery');
  }
  const stores = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
  expect(stores).not.toContain(token);
  expect(stores).not.toContain('battery');
});
