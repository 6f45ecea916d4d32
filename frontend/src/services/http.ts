import { AppError, type Problem } from './appError';
import { reportReached, reportUnreachable } from './connection';
import { askToSignIn } from './reauth';
import { currentUser } from './session';
import { waitForDatabase } from './waking';

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

export interface SendOptions {
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Milliseconds until the request is given up. */
  readonly timeout?: number;
  /** False: a 401 is an error of this call (log-in). Else it opens the sign-in dialog and the request is replayed. */
  readonly reauth?: boolean;
}

export interface Answer<T> {
  readonly data: T;
  readonly status: number;
  readonly headers: Headers;
}

/** Long enough for a bcrypt queue and a slow mobile network, short enough to be told. */
const kTimeout = 20_000;

/**
 * Sends one request to this origin and returns the JSON answer. The only place of the app that calls fetch; before it is
 * there, public/start.js sends one of the same form (see earlyAnswer.ts).
 *
 * - 401 while signed in: opens the sign-in dialog (one for many requests) and sends the request again after it.
 * - 503 `database_waking`: waits as long as Retry-After says, shows it, and sends the request again.
 * - Everything else that is not 2xx, and no answer at all: throws an AppError.
 */
export async function send<T>(method: Method, path: string, options: SendOptions = {}): Promise<Answer<T>> {
  const startedAs = currentUser()?.user_id;
  for (let attempt = 0; ; attempt++) {
    const response = await fetchOnce(method, path, options);
    if (response.ok)
      return { data: (await readJson(response)) as T, status: response.status, headers: response.headers };
    const error = await problemOf(response);
    if (error.status === 401 && options.reauth !== false && startedAs !== undefined) {
      // Resolves only when the same user has signed in again; rejects when another did or the dialog was left.
      await askToSignIn(startedAs);
    } else if (
      !(error.code === 'database_waking' && (await waitForDatabase(attempt, error.retryAfter, options.signal)))
    ) {
      throw error;
    }
  }
}

async function fetchOnce(method: Method, path: string, options: SendOptions): Promise<Response> {
  const stop = new AbortController();
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    stop.abort();
  }, options.timeout ?? kTimeout);
  const cancel = () => stop.abort();
  if (options.signal?.aborted) cancel();
  options.signal?.addEventListener('abort', cancel, { once: true });
  try {
    const response = await fetch(path, {
      method,
      credentials: 'same-origin',
      cache: 'no-store',
      headers: {
        Accept: 'application/json, application/problem+json',
        ...(options.body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...options.headers,
      },
      body: options.body === undefined ? undefined : JSON.stringify(options.body),
      signal: stop.signal,
    });
    // A gateway that cannot reach the server is the same to a person as no network.
    if (response.status === 502 || response.status === 504) throw new TypeError('gateway');
    reportReached();
    return response;
  } catch (cause) {
    if (options.signal?.aborted) throw new AppError('aborted');
    if (timedOut) throw new AppError('timeout');
    if (!(cause instanceof Error)) throw cause;
    reportUnreachable();
    throw new AppError('offline');
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', cancel);
  }
}

async function problemOf(response: Response): Promise<AppError> {
  const body = await readJson(response).catch(() => undefined);
  const problem: Problem = typeof body === 'object' && body !== null ? (body as Problem) : {};
  return new AppError('refused', response.status, problem, secondsOf(response.headers.get('Retry-After')));
}

async function readJson(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  if (!/\bjson\b/.test(response.headers.get('Content-Type') ?? '')) throw new AppError('refused', response.status);
  return response.json();
}

/** Retry-After in seconds; the server never sends the date form. */
function secondsOf(header: string | null): number | undefined {
  const seconds = Number.parseInt(header ?? '', 10);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined;
}
