import { defineConfig } from '@playwright/test';

/** Debian's Chromium, without the services that would reach out of the machine. */
const browser = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

// What axe and the stopwatch see is the page, whatever database is behind it: once is enough, but for --long.
const repeats = process.env.TMS_E2E_ENGINE === 'postgres' && !process.env.TMS_TEST_LONG;
// How text is shown is the page's alone.
const once = process.env.TMS_E2E_ENGINE === 'sqlite' ? [] : ['**/naughty.spec.ts'];

export default defineConfig({
  testDir: 'e2e',
  testIgnore: repeats ? ['**/a11y.spec.ts', '**/perf.spec.ts', ...once] : once,
  outputDir: 'e2e/results',
  // One server and one browser at a time: the tests share two cores with the server.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  reporter: [['list']],
  use: {
    launchOptions: { executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: browser },
    actionTimeout: 10_000,
    viewport: { width: 1280, height: 800 },
    screenshot: 'only-on-failure',
  },
});
