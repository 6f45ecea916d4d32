import { vi } from 'vitest';

/** A request as the stub saw it. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly headers: Headers;
}

type Reply = Response | (() => Response | Promise<Response>);

/**
 * Replaces fetch by a table of replies: `'POST /api/login'` to one reply or a list that is used up in order, the last
 * one again and again. A request that is not in the table fails the test; one that was stopped before is not sent.
 * Returns the requests seen.
 */
export function stubFetch(table: Record<string, Reply | Reply[]>): Seen[] {
  const seen: Seen[] = [];
  const queues = new Map(
    Object.entries(table).map(([key, reply]) => [key, Array.isArray(reply) ? [...reply] : [reply]]),
  );
  vi.stubGlobal('fetch', async (path: string, init: RequestInit = {}) => {
    if (init.signal?.aborted) throw init.signal.reason;
    const method = init.method ?? 'GET';
    seen.push({
      method,
      path,
      body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined,
      headers: new Headers(init.headers),
    });
    const key = `${method} ${path}`;
    const queue = queues.get(key) ?? queues.get(key.split('?')[0] ?? '');
    const reply = queue && queue.length > 1 ? queue.shift() : queue?.[0];
    if (!reply) throw new Error(`no reply for ${key}`);
    return typeof reply === 'function' ? reply() : reply.clone();
  });
  return seen;
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } });
}

export function problem(
  status: number,
  code: string,
  more: object = {},
  headers: Record<string, string> = {},
): Response {
  const body = { type: 'about:blank', title: code, status, code, request_id: 'req-1', ...more };
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/problem+json', ...headers },
  });
}

export function noContent(): Response {
  return new Response(null, { status: 204 });
}

/** No answer at all, as fetch reports it. */
export function networkDown(): Response {
  throw new TypeError('Failed to fetch');
}
