import type { Page } from '@playwright/test';
import { day } from './fixtures/account';
import { violations } from './fixtures/axe';
import { expect, test } from './fixtures/test';

const sizes = [
  { name: '390 px', viewport: { width: 390, height: 844 }, hasTouch: true },
  { name: '1280 px', viewport: { width: 1280, height: 800 }, hasTouch: false },
];

/** Every state of the pages before log-in: the address, and what is done there. */
const before: Record<string, [string, ((page: Page) => Promise<void>)?]> = {
  'log-in': ['/login'],
  'log-in with errors': ['/login', async (page) => page.getByRole('button', { name: 'Log in' }).click()],
  'sign-up': ['/signup'],
  'sign-up with errors': [
    '/signup',
    async (page) => {
      await page.getByRole('button', { name: 'Sign up' }).click();
      await expect(page.getByText('There is a problem')).toBeVisible();
    },
  ],
  'forgot password': ['/forgot-password'],
  'code and new password': [
    '/forgot-password',
    async (page) => {
      await page.fill('#email', 'somebody@example.org');
      await page.keyboard.press('Enter');
      await page.locator('#otp').fill('1234');
      await page.getByRole('button', { name: 'Set password' }).click();
    },
  ],
  'page not found': ['/nowhere'],
  help: ['/help'],
};

const signedIn: Record<string, [string, ((page: Page) => Promise<void>)?]> = {
  'tasks of every kind': ['/'],
  'all tasks': ['/?view=all'],
  'completed tasks': ['/?view=completed'],
  'no match': ['/?q=zebra'],
  filters: ['/', async (page) => page.getByRole('button', { name: 'Filter and sort' }).click()],
  'a toast': ['/', async (page) => page.getByRole('checkbox', { name: 'Buy milk' }).click()],
  'the shortcuts': [
    '/',
    async (page) => {
      await page.getByRole('heading', { level: 1 }).click();
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
    },
  ],
  editor: [
    '/',
    async (page) => {
      await page.getByRole('checkbox', { name: 'Buy milk' }).focus();
      await page.keyboard.press('e');
      await expect(page.getByRole('button', { name: 'Close the editor' })).toBeVisible();
    },
  ],
  settings: ['/settings', async (page) => expect(page.getByText('This device')).toBeVisible()],
};

for (const { name: size, ...use } of sizes) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(`axe finds nothing at ${size}, ${colorScheme}`, () => {
      test.use({ ...use, colorScheme, bypassCSP: true, reducedMotion: 'reduce' } as object);

      for (const [name, [path, act]] of Object.entries(before)) {
        test(name, async ({ page }) => {
          await page.goto(path);
          await page.getByRole('heading', { level: 1 }).first().waitFor();
          await act?.(page);
          expect(await violations(page)).toEqual([]);
        });
      }

      test('an empty list', async ({ page, account }) => {
        expect(account.username).toBeTruthy();
        await page.goto('/');
        await expect(page.getByText('A clear page')).toBeVisible();
        expect(await violations(page)).toEqual([]);
      });

      for (const [name, [path, act]] of Object.entries(signedIn)) {
        test(name, async ({ page, account }) => {
          await account.add('Return the books', { due_date: day(-3) });
          await account.add('Water the plants', { due_date: day(0), status: 'in_progress' });
          await account.add('Book a table', { due_date: day(9) });
          await account.add('Pay the rent', { status: 'completed' });
          await account.add('Buy milk');
          await page.goto(path);
          await page.getByRole('heading', { level: 1 }).first().waitFor();
          if (!path.includes('zebra') && path.startsWith('/?')) await page.getByRole('checkbox').first().waitFor();
          await act?.(page);
          expect(await violations(page)).toEqual([]);
        });
      }
    });
  }
}
