import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { aUser } from '../test/builders';
import { json, networkDown, problem, stubFetch } from '../test/fetch';
import { dropEarly, takeEarly } from './earlyAnswer';
import { signedIn, signedOut } from './session';
import { getPage, takeFirstPage } from './tasks';

const start = new Function(readFileSync('public/start.js', 'utf8'));
const list = { tasks: [], next_cursor: null, since: 's1' };
const kPath = '/api/tasks?limit=50';

/** As the browser runs it in the head of an address. */
function open(pathname = '/') {
  vi.stubGlobal('location', { pathname });
  // The element that the build gives the files of the task page; here there are none.
  vi.spyOn(document, 'currentScript', 'get').mockReturnValue(document.createElement('script'));
  start();
}

beforeEach(() => signedIn(aUser()));
afterEach(async () => {
  dropEarly();
  await signedOut();
  vi.unstubAllGlobals();
});

describe('start.js', () => {
  it('sends the very request that the page would send', async () => {
    const fetch = vi.fn(async (_path: string, _init: RequestInit) => json(200, list));
    vi.stubGlobal('fetch', fetch);
    open();
    await getPage(null);
    const [early, ordinary] = fetch.mock.calls.map(([path, { signal, ...init }]) => ({ path, method: 'GET', ...init }));
    expect(early).toEqual({ ...ordinary, body: undefined });
    expect(early?.path).toBe(kPath);
  });

  it('asks for nothing when nobody is signed in', async () => {
    await signedOut();
    expect(requestsOf(() => open())).toEqual([]);
  });

  it('asks for nothing when what it knows of the person cannot be read', () => {
    localStorage.setItem('tms.user', '{');
    expect(requestsOf(() => open())).toEqual([]);
  });

  it('asks for nothing on another page', () => {
    expect(requestsOf(() => open('/settings'))).toEqual([]);
  });

  it('asks for nothing when tasks of this person are kept', () => {
    localStorage.setItem('tms.kept', '1');
    expect(requestsOf(() => open())).toEqual([]);
  });

  it('asks when tasks of somebody else are kept', () => {
    localStorage.setItem('tms.kept', '2');
    expect(requestsOf(() => open())).toEqual([kPath]);
  });

  it('gives up after the time that every request has', async () => {
    vi.useFakeTimers();
    stubFetch({ [`GET ${kPath}`]: json(200, list) });
    open();
    const signal = globalThis.tmsEarly?.stop.signal;
    await vi.advanceTimersByTimeAsync(19_999);
    expect(signal?.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(signal?.aborted).toBe(true);
    vi.useRealTimers();
  });
});

function requestsOf(work: () => void): string[] {
  const seen = stubFetch({ [`GET ${kPath}`]: json(200, list) });
  work();
  return seen.map(({ path }) => path);
}

describe('an early answer', () => {
  function asked(reply: Response | (() => Response) = json(200, list)) {
    stubFetch({ [`GET ${kPath}`]: reply });
    open();
    return globalThis.tmsEarly?.stop.signal;
  }

  it('is taken once', async () => {
    asked();
    expect(await takeFirstPage(1)).toEqual(list);
    expect(globalThis.tmsEarly).toBeUndefined();
    expect(await takeFirstPage(1)).toBeUndefined();
  });

  it.each([
    ['a session that ended', problem(401, 'not_signed_in')],
    ['a database that wakes up', problem(503, 'database_waking', {}, { 'Retry-After': '5' })],
    ['no connection', networkDown],
    ['a page of somebody between', new Response('<h1>Welcome</h1>', { status: 200 })],
  ])('is none in case of %s', async (_, reply) => {
    asked(reply);
    expect(await takeFirstPage(1)).toBeUndefined();
  });

  it('is none for another person, and is stopped', async () => {
    const signal = asked();
    await signedIn(aUser({ user_id: 2 }));
    expect(await takeFirstPage(2)).toBeUndefined();
    expect(signal?.aborted).toBe(true);
  });

  it('of another person is none, when the switch came before this code', async () => {
    const signal = asked();
    expect(await takeEarly(2, kPath)).toBeUndefined();
    expect(signal?.aborted).toBe(true);
  });

  it('is none for another path', async () => {
    const signal = asked();
    expect(await takeEarly(1, '/api/tasks?limit=200')).toBeUndefined();
    expect(signal?.aborted).toBe(true);
  });

  it('is forgotten when the person leaves', async () => {
    const signal = asked();
    await signedOut();
    expect(globalThis.tmsEarly).toBeUndefined();
    expect(signal?.aborted).toBe(true);
  });

  it('is none when the person leaves while it is on its way', async () => {
    let answer: (response: Response) => void = () => undefined;
    vi.stubGlobal('fetch', () => new Promise<Response>((done) => (answer = done)));
    open();
    const taken = takeFirstPage(1);
    await signedOut();
    answer(json(200, list));
    expect(await taken).toBeUndefined();
  });

  it('is stopped with the question that waits for it', async () => {
    vi.stubGlobal(
      'fetch',
      (_: string, { signal }: RequestInit) =>
        new Promise((_resolve, reject) =>
          signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError'))),
        ),
    );
    open();
    const stop = new AbortController();
    const taken = takeFirstPage(1, stop.signal);
    stop.abort();
    expect(await taken).toBeUndefined();
  });

  it('is left to the next by a question that was stopped before', async () => {
    asked();
    expect(await takeFirstPage(1, AbortSignal.abort())).toBeUndefined();
    expect(await takeFirstPage(1)).toEqual(list);
  });

  it('is none half a minute after the page was opened', async () => {
    asked();
    vi.spyOn(performance, 'now').mockReturnValue(30_001);
    expect(await takeFirstPage(1)).toBeUndefined();
  });
});
