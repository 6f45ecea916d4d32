/** One wrong field as the server names it. */
export interface FieldError {
  readonly field: string;
  readonly code: string;
  readonly message: string;
}

/** What an error answer may carry (RFC 9457 and our own members; `task` with 412, `attempts_left` with a wrong code). */
export interface Problem {
  readonly title?: string;
  readonly detail?: string;
  readonly code?: string;
  readonly request_id?: string;
  readonly errors?: readonly FieldError[];
  readonly attempts_left?: number;
  readonly [member: string]: unknown;
}

/** `refused`: the server answered with an error. The others: there was no answer. */
export type AppErrorKind = 'refused' | 'offline' | 'timeout' | 'aborted';

/** The one error that services throw. */
export class AppError extends Error {
  override readonly name = 'AppError';

  constructor(
    readonly kind: AppErrorKind,
    /** HTTP status; 0 without an answer. */
    readonly status = 0,
    readonly problem: Problem = {},
    /** Seconds that the server asks to wait, of Retry-After. */
    readonly retryAfter?: number,
  ) {
    super(problem.detail ?? problem.title ?? kind);
  }

  /** The server's stable error code, such as `username_taken`; empty when there is none. */
  get code(): string {
    return this.problem.code ?? '';
  }

  get fields(): readonly FieldError[] {
    return this.problem.errors ?? [];
  }

  /** True when the same request may succeed later: no answer, a throttle, or a fault of the server. */
  get isTemporary(): boolean {
    return this.kind === 'offline' || this.kind === 'timeout' || this.status === 429 || this.status >= 500;
  }
}

export function isAppError(error: unknown): error is AppError {
  return error instanceof AppError;
}
