import type { FlowAnswer, User } from '../services/auth';

/** A user; name only what matters to the test. */
export function aUser(over: Partial<User> = {}): User {
  return { user_id: 1, username: 'ada', email: 'ada@example.org', created_at: '2026-01-01T00:00:00.000000Z', ...over };
}

export function aFlowAnswer(over: Partial<FlowAnswer> = {}): FlowAnswer {
  return {
    flow: 'flow-1',
    expires_at: '2026-01-01T00:10:00.000000Z',
    resend_at: '2026-01-01T00:01:00.000000Z',
    ...over,
  };
}
