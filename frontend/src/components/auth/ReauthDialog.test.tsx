import { screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { send } from '../../services/http';
import { giveUpSignIn, reauthOpen } from '../../services/reauth';
import { currentUser, onSessionEnd, signedIn, signedOut } from '../../services/session';
import { aUser } from '../../test/builders';
import { json, problem, stubFetch } from '../../test/fetch';
import { renderApp } from '../../test/render';
import { Toasts } from '../ui/Toasts';
import { ReauthDialog } from './ReauthDialog';

beforeEach(() => signedIn(aUser()));
afterEach(async () => {
  giveUpSignIn();
  await signedOut();
});

/** The dialog over a page, with one request that waits for it. */
async function draw(login: Response) {
  const seen = stubFetch({
    'POST /api/login': login,
    'GET /api/tasks': [problem(401, 'not_signed_in'), json(200, { tasks: ['replayed'] })],
  });
  const waiting = send('GET', '/api/tasks').then(
    ({ data }) => data,
    (error: unknown) => error,
  );
  await waitFor(() => expect(reauthOpen.get()).toBe(true));
  const view = renderApp(
    <>
      <ReauthDialog />
      <Toasts />
    </>,
    { path: '/settings' },
  );
  const password = screen.getByLabelText<HTMLInputElement>('Password');
  return { ...view, seen, waiting, password };
}

describe('the sign-in dialog', () => {
  it('has the name filled in and the focus in the password', async () => {
    const { password } = await draw(json(200, {}));
    expect(screen.getByRole('dialog', { name: 'Log in to go on' })).toBeDefined();
    expect(screen.getByLabelText<HTMLInputElement>('User name or e-mail').value).toBe('ada');
    expect(document.activeElement).toBe(password);
  });

  it('sends what waited after the log-in', async () => {
    const { user, waiting, password } = await draw(json(200, { user: aUser() }));
    await user.type(password, 'correct horse{Enter}');
    expect(await waiting).toEqual({ tasks: ['replayed'] });
    expect(reauthOpen.get()).toBe(false);
  });

  it('stays open after a wrong password', async () => {
    const { user, password } = await draw(problem(401, 'invalid_credentials'));
    await user.type(password, 'wrong{Enter}');
    await screen.findByText(/not right/);
    expect(password.value).toBe('');
    expect(reauthOpen.get()).toBe(true);
  });

  it('lets what waited fail when it is left, and keeps the user', async () => {
    const { user, waiting } = await draw(json(200, {}));
    await user.click(screen.getByRole('button', { name: 'Not now' }));
    expect(await waiting).toMatchObject({ code: 'not_signed_in' });
    expect(currentUser()?.username).toBe('ada');
  });

  it('empties the stores for somebody else, sends nothing of the first, and says so', async () => {
    const cleaned = vi.fn();
    const stop = onSessionEnd(cleaned);
    const { user, seen, waiting, password, where } = await draw(
      json(200, { user: aUser({ user_id: 2, username: 'bob' }) }),
    );
    await user.type(password, 'correct horse{Enter}');
    expect(await waiting).toMatchObject({ code: 'not_signed_in' });
    expect(cleaned).toHaveBeenCalledExactlyOnceWith('other-user');
    expect(seen.filter(({ path }) => path === '/api/tasks')).toHaveLength(1);
    await screen.findAllByText(/logged in as bob/);
    await waitFor(() => expect(where()).toBe('/'));
    stop();
  });
});
