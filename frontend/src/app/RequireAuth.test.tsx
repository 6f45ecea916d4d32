import { act, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { Route, Routes } from 'react-router';
import { afterEach, describe, expect, it } from 'vitest';
import { signedIn, signedOut } from '../services/session';
import { aUser } from '../test/builders';
import { stubFetch } from '../test/fetch';
import { renderApp } from '../test/render';
import { RequireAuth } from './RequireAuth';

afterEach(() => signedOut());

function Draft() {
  const [text, setText] = useState('');
  return <input aria-label="Draft" value={text} onChange={(event) => setText(event.currentTarget.value)} />;
}

function draw() {
  const seen = stubFetch({});
  const view = renderApp(
    <Routes>
      <Route element={<RequireAuth />}>
        <Route path="/settings" element={<Draft />} />
      </Route>
      <Route path="/login" element={<p>Log in</p>} />
    </Routes>,
    { path: '/settings?part=devices' },
  );
  return { ...view, seen };
}

describe('a page for signed-in users', () => {
  it('sends others to the log-in without a request, and back afterwards', async () => {
    const { where, seen } = draw();
    await waitFor(() => expect(where()).toBe('/login?next=%2Fsettings%3Fpart%3Ddevices'));
    expect(seen).toHaveLength(0);
  });

  it('leaves no trail for the next user when somebody logs out', async () => {
    await signedIn(aUser());
    const { where } = draw();
    await act(() => signedOut());
    await waitFor(() => expect(where()).toBe('/login'));
  });

  it('keeps what was typed when the same user signs in again, and drops it for another', async () => {
    await signedIn(aUser());
    const { user } = draw();
    await user.type(screen.getByLabelText('Draft'), 'mine');
    await act(() => signedIn(aUser()));
    expect(screen.getByLabelText<HTMLInputElement>('Draft').value).toBe('mine');
    await act(() => signedIn(aUser({ user_id: 2 })));
    expect(screen.getByLabelText<HTMLInputElement>('Draft').value).toBe('');
  });
});
