// node measure.mjs SERVER TOKEN ROUNDS: Lighthouse's mobile preset on the log-in page and on the task page of the person whose
// session token that is, and the time until the list stands there on a repeat visit. One JSON object on standard output:
//
//   {"login": [run…], "tasks": [run…], "repeat": [milliseconds…]}
//
// where a run has the four scores (0 to 100), the figures behind the first and what each audit found wanting.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import lighthouse from 'lighthouse';
import { launch } from 'puppeteer-core';

const categories = ['performance', 'accessibility', 'best-practices', 'seo'];
const figures = {
  fcp: 'first-contentful-paint',
  lcp: 'largest-contentful-paint',
  tbt: 'total-blocking-time',
  tti: 'interactive',
  cls: 'cumulative-layout-shift',
};

/** The browser itself is busy for a while after its start: its own windows are pages, too (milliseconds). */
const settling = 4000;

/** How often a page is looked at before an error counts that is the trace's, not the page's. */
const tries = 3;

const [server, token, rounds] = process.argv.slice(2);
if (!rounds) throw new Error('usage: measure.mjs SERVER TOKEN ROUNDS');

const results = { login: [], tasks: [], repeat: [] };
for (let round = 0; round < Number(rounds); round += 1) {
  results.login.push(await judge('/login', (browser) => browser));
  results.tasks.push(await judge('/', signIn));
}
results.repeat = await withBrowser(async (browser) => repeatVisits(await signIn(browser), Number(rounds)));
process.stdout.write(`${JSON.stringify(results)}\n`);

/** A browser with an empty profile: what it has not seen yet it must fetch. */
async function withBrowser(work) {
  const profile = mkdtempSync(join(tmpdir(), 'tms-lighthouse-'));
  const browser = await launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    userDataDir: profile,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-sync'],
  });
  try {
    await new Promise((done) => setTimeout(done, settling));
    return await work(browser);
  } finally {
    await browser.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** As after a log-in: the cookie, and the flag by which the page knows of it. Nothing of the page is in a cache yet. */
async function signIn(browser) {
  await browser.setCookie({ name: 'tms_session', value: token, domain: new URL(server).hostname, httpOnly: true });
  const page = await browser.newPage();
  await page.goto(`${server}/robots.txt`);
  const stored = await page.evaluate(async () => {
    const answer = await fetch('/api/me');
    if (answer.ok) localStorage.setItem('tms.user', JSON.stringify((await answer.json()).user));
    return answer.ok;
  });
  if (!stored) throw new Error('the token signs nobody in');
  await page.close();
  return browser;
}

async function judge(path, prepare) {
  const lhr = await report(path, prepare);
  if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
  const arrived = new URL(lhr.finalDisplayedUrl).pathname;
  if (arrived !== path) throw new Error(`${path} led to ${arrived}`);
  const scores = categories.map((name) => [name, Math.round(lhr.categories[name].score * 100)]);
  const numbers = Object.entries(figures).map(([name, id]) => [name, lhr.audits[id].numericValue]);
  return { ...Object.fromEntries([...scores, ...numbers]), wanting: wanting(lhr) };
}

/** Now and then Chromium's trace lacks the beginning of the navigation; Lighthouse asks to be run again then. */
async function report(path, prepare) {
  const flags = { onlyCategories: categories, output: 'json', logLevel: 'error', disableStorageReset: true };
  for (let attempt = 1; ; attempt += 1) {
    const { lhr } = await withBrowser(async (browser) => {
      const page = await (await prepare(browser)).newPage();
      return lighthouse(server + path, flags, undefined, page);
    });
    if (lhr.runtimeError?.code !== 'NO_NAVSTART' || attempt === tries) return lhr;
  }
}

/** Each audit that is not perfect, with what it says. */
function wanting(lhr) {
  return Object.values(lhr.audits)
    .filter(({ score }) => score !== null && score < 1)
    .map(({ id, score, displayValue }) => [id, score, displayValue].filter((part) => part !== undefined).join(' '));
}

/** Milliseconds from the beginning of a navigation to the frame after the first rows are there. */
async function repeatVisits(browser, times) {
  const first = await browser.newPage();
  await first.goto(server, { waitUntil: 'networkidle0' });
  await first.waitForSelector('main li');
  // The list is kept when the page is idle, and at the latest when it is left.
  await new Promise((done) => setTimeout(done, 2000));
  await first.close();

  const durations = [];
  for (let visit = 0; visit < times; visit += 1) {
    const page = await browser.newPage();
    await page.evaluateOnNewDocument(() => {
      const watch = () => {
        if (!document.querySelector('main li input[type=checkbox], main li [role=checkbox]')) requestAnimationFrame(watch);
        // The frame that holds the rows has been drawn when the next task runs.
        else setTimeout(() => (window.listVisibleAfter = performance.now()));
      };
      requestAnimationFrame(watch);
    });
    await page.goto(server);
    const handle = await page.waitForFunction(() => window.listVisibleAfter);
    durations.push(await handle.jsonValue());
    await page.close();
  }
  return durations;
}
