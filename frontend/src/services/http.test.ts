import { onlineManager } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { aUser } from '../test/builders';
import { json, networkDown, noContent, problem, stubFetch } from '../test/fetch';
import { AppError } from './appError';
import { send } from './http';
import { giveUpSignIn, reauthOpen } from './reauth';
import { currentUser, signedIn, signedOut } from './session';
import { waking } from './waking';

beforeEach(() => vi.useFakeTimers());
afterEach(async () => {
  giveUpSignIn();
  await signedOut();
  onlineManager.setOnline(true);
  vi.runOnlyPendingTimers();
  vi.useRealTimers();
});

async function failure(work: Promise<unknown>): Promise<AppError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(AppError);
  return error as AppError;
}

describe('send', () => {
  it('sends JSON and gives the data, the status and the headers of the answer', async () => {
    const seen = stubFetch({ 'POST /api/tasks': json(201, { task: { version: 1 } }, { ETag: '"1"' }) });
    const answer = await send('POST', '/api/tasks', { body: { description: 'Buy milk' } });
    expect(answer).toMatchObject({ status: 201, data: { task: { version: 1 } } });
    expect(answer.headers.get('ETag')).toBe('"1"');
    expect(seen[0]?.body).toEqual({ description: 'Buy milk' });
    expect(seen[0]?.headers.get('Content-Type')).toBe('application/json');
  });

  it('names no content type when there is no body', async () => {
    const seen = stubFetch({ 'POST /api/logout': noContent() });
    await send('POST', '/api/logout');
    expect(seen[0]?.headers.has('Content-Type')).toBe(false);
  });

  it('turns a problem into an error with code, fields and the time to wait', async () => {
    const errors = [{ field: 'email', code: 'invalid', message: 'No.' }];
    stubFetch({ 'POST /api/signup': problem(422, 'validation_failed', { errors }, { 'Retry-After': '7' }) });
    const error = await failure(send('POST', '/api/signup', { body: {} }));
    expect(error).toMatchObject({ kind: 'refused', status: 422, code: 'validation_failed', retryAfter: 7 });
    expect(error.fields).toEqual(errors);
  });

  it('keeps the status of an error page that is no JSON', async () => {
    stubFetch({
      'GET /api/me': new Response('<h1>no</h1>', { status: 500, headers: { 'Content-Type': 'text/html' } }),
    });
    expect(await failure(send('GET', '/api/me'))).toMatchObject({ kind: 'refused', status: 500, code: '' });
  });

  it('says that it is offline when nothing answers, and tells TanStack Query', async () => {
    stubFetch({ 'GET /api/me': networkDown });
    expect(await failure(send('GET', '/api/me'))).toMatchObject({ kind: 'offline', status: 0, isTemporary: true });
    expect(onlineManager.isOnline()).toBe(false);
  });

  it('is online again with the first answer, even a refusal', async () => {
    stubFetch({ 'GET /api/me': [networkDown, problem(404, 'not_found')] });
    await failure(send('GET', '/api/me'));
    await failure(send('GET', '/api/me'));
    expect(onlineManager.isOnline()).toBe(true);
  });

  it('takes a gateway that cannot reach the server for no connection', async () => {
    stubFetch({ 'GET /api/me': new Response('', { status: 502 }) });
    expect(await failure(send('GET', '/api/me'))).toMatchObject({ kind: 'offline' });
  });

  it('gives up after the timeout', async () => {
    vi.stubGlobal(
      'fetch',
      (_: string, init: RequestInit) =>
        new Promise((_resolve, reject) =>
          init.signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError'))),
        ),
    );
    const error = failure(send('GET', '/api/me', { timeout: 1_000 }));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await error).toMatchObject({ kind: 'timeout' });
  });

  it('tells an abort by the caller from a timeout', async () => {
    vi.stubGlobal('fetch', (_: string, init: RequestInit) =>
      init.signal?.aborted ? Promise.reject(new DOMException('', 'AbortError')) : new Promise(() => undefined),
    );
    const stop = new AbortController();
    stop.abort();
    expect(await failure(send('GET', '/api/me', { signal: stop.signal }))).toMatchObject({ kind: 'aborted' });
    expect(onlineManager.isOnline()).toBe(true);
  });
});

describe('a 401', () => {
  it('is an error when nobody is signed in', async () => {
    stubFetch({ 'GET /api/tasks': problem(401, 'not_signed_in') });
    expect(await failure(send('GET', '/api/tasks'))).toMatchObject({ status: 401 });
    expect(reauthOpen.get()).toBe(false);
  });

  it('is an error of the form for log-in', async () => {
    await signedIn(aUser());
    stubFetch({ 'POST /api/login': problem(401, 'invalid_credentials') });
    expect(await failure(send('POST', '/api/login', { reauth: false }))).toMatchObject({ code: 'invalid_credentials' });
    expect(reauthOpen.get()).toBe(false);
  });

  it('opens one dialog for many requests and sends all of them again after it', async () => {
    await signedIn(aUser());
    stubFetch({
      'GET /api/tasks': [problem(401, 'not_signed_in'), json(200, { tasks: [] })],
      'POST /api/tasks': [problem(401, 'not_signed_in'), json(201, { task: 1 })],
    });
    const opened = vi.fn();
    reauthOpen.subscribe(opened);
    const both = Promise.all([send('GET', '/api/tasks'), send('POST', '/api/tasks', { body: { description: 'a' } })]);
    await vi.advanceTimersByTimeAsync(0);
    expect(opened).toHaveBeenCalledTimes(1);
    expect(reauthOpen.get()).toBe(true);
    await signedIn(aUser());
    expect((await both).map(({ status }) => status)).toEqual([200, 201]);
    expect(reauthOpen.get()).toBe(false);
  });

  it('sends nothing again for somebody else', async () => {
    await signedIn(aUser());
    const seen = stubFetch({ 'POST /api/tasks': problem(401, 'not_signed_in') });
    const error = failure(send('POST', '/api/tasks', { body: { description: 'mine' } }));
    await vi.advanceTimersByTimeAsync(0);
    await signedIn(aUser({ user_id: 2, username: 'bob' }));
    expect(await error).toMatchObject({ status: 401 });
    expect(seen).toHaveLength(1);
  });

  it('fails the requests when the dialog is left, and keeps the user', async () => {
    await signedIn(aUser());
    stubFetch({ 'GET /api/tasks': problem(401, 'not_signed_in') });
    const error = failure(send('GET', '/api/tasks'));
    await vi.advanceTimersByTimeAsync(0);
    giveUpSignIn();
    expect(await error).toMatchObject({ code: 'not_signed_in' });
    expect(currentUser()?.username).toBe('ada');
  });
});

describe('a database that wakes up', () => {
  it('is shown and asked again after the time it names', async () => {
    const seen = stubFetch({
      'GET /api/tasks': [problem(503, 'database_waking', {}, { 'Retry-After': '5' }), json(200, { tasks: [] })],
    });
    const answer = send('GET', '/api/tasks');
    await vi.advanceTimersByTimeAsync(4_900);
    expect(waking.get()).not.toBeNull();
    expect(seen).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(200);
    expect((await answer).status).toBe(200);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(waking.get()).toBeNull();
  });

  it('is given up after a minute and a half', async () => {
    stubFetch({ 'GET /api/tasks': problem(503, 'database_waking', {}, { 'Retry-After': '5' }) });
    const error = failure(send('GET', '/api/tasks'));
    await vi.advanceTimersByTimeAsync(95_000);
    expect(await error).toMatchObject({ status: 503, code: 'database_waking' });
  });

  it('is not taken for any other 503', async () => {
    const seen = stubFetch({ 'GET /api/tasks': problem(503, 'overloaded', {}, { 'Retry-After': '1' }) });
    expect(await failure(send('GET', '/api/tasks'))).toMatchObject({ code: 'overloaded', retryAfter: 1 });
    expect(seen).toHaveLength(1);
  });
});
