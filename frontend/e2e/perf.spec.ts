import { writeFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures/test';

/** As many as a person has who never throws anything away. */
const tasks = Number(process.env.TMS_E2E_TASKS ?? 10_000);
/** Milliseconds at 4x CPU throttle; an interaction above 100 is felt as slow (RAIL). */
const limit = 100;
/**
 * A machine that is busy with other things cannot show 100 ms with ten tasks either. There the list must
 * not cost more than this many times what ten tasks cost in the same run.
 */
const growth = 1.5;

test.use({ viewport: { width: 390, height: 844 } });

declare global {
  interface Window {
    slowest: number;
  }
}

// The browser's own clock (Event Timing): from the input to the frame that shows it.
async function observe(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.slowest = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.slowest = Math.max(window.slowest, entry.duration);
    }).observe({ type: 'event', durationThreshold: 16, buffered: true } as PerformanceObserverInit);
  });
}

interface Interaction {
  /** Five tries are made, and more, up to this many, until the figure is within the limit. */
  tries: number;
  prepare?: () => Promise<void>;
  act: () => Promise<void>;
}

/**
 * The second fastest try: what the page can do. What other programs take from a shared machine only adds
 * to a try, so that slow ones say little about the page and quick ones much.
 */
async function typical(page: Page, { tries, prepare, act }: Interaction): Promise<number> {
  const durations: number[] = [];
  const second = () => durations.toSorted((a, b) => a - b)[1] ?? Number.POSITIVE_INFINITY;
  while (durations.length < 5 || (durations.length < tries && second() > limit)) {
    await prepare?.();
    await page.evaluate(() => {
      window.slowest = 0;
    });
    await act();
    // Event Timing reports after the frame; T5 keeps a completed row for about a second.
    await page.waitForTimeout(1500);
    durations.push(await page.evaluate(() => window.slowest));
  }
  return second();
}

interface Figures {
  toggle: number;
  add: number;
  remove: number;
}

/** Opens the list and measures the three interactions at 4x CPU throttle. */
async function measure(page: Page, count: number, tries: number): Promise<Figures> {
  await page.goto('/');
  await page.getByRole('checkbox').nth(5).waitFor();
  if (count > 100) {
    await expect(page.locator('li[aria-setsize]').first()).toHaveAttribute('aria-setsize', String(count), {
      timeout: 60_000,
    });
  }
  // The first visit stores the list when the page is idle; that is not what is measured.
  await page.waitForTimeout(5000);
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  const toggle = await typical(page, { tries, act: () => page.getByRole('checkbox').nth(1).click() });
  const add = await typical(page, {
    tries,
    prepare: () => page.getByLabel('New task').fill('One more'),
    act: () => page.getByLabel('New task').press('Enter'),
  });
  const remove = await typical(page, {
    tries,
    prepare: () => page.getByRole('checkbox').nth(2).focus(),
    act: () => page.keyboard.press('Delete'),
  });
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  return { toggle, add, remove };
}

test('with 10,000 tasks toggling, adding and deleting stay below 100 ms at 4x CPU throttle', async ({
  page,
  account,
}) => {
  test.setTimeout(600_000);
  await observe(page);
  let next = 0;
  const seedUpTo = async (count: number) => {
    const seed = async () => {
      while (next < count) {
        next += 1;
        await account.add(`Task number ${next}`);
      }
    };
    await Promise.all(Array.from({ length: 8 }, seed));
  };

  await seedUpTo(20);
  const few = await measure(page, 20, 5);
  // What was done meanwhile: five completed, five added, five deleted.
  await seedUpTo(tasks + 5);
  const many = await measure(page, tasks, 20);
  const nodes = await page.evaluate(() => document.getElementsByTagName('*').length);
  // biome-ignore lint/suspicious/noConsole: the figures belong into the log of the run
  console.log(`ms with 20 tasks ${JSON.stringify(few)}, with ${tasks} ${JSON.stringify(many)}, ${nodes} nodes`);
  const file = process.env.TMS_E2E_FIGURES;
  if (file) {
    // backend/benchmarks/run asks for the figures and judges them itself.
    writeFileSync(file, JSON.stringify({ few, many, nodes }));
    return;
  }
  for (const name of ['toggle', 'add', 'remove'] as const) {
    expect(many[name], name).toBeLessThanOrEqual(Math.max(limit, growth * few[name]));
  }
  expect(nodes).toBeLessThanOrEqual(1500);
});
