import { screen, waitFor } from '@testing-library/react';
import { Route, Routes } from 'react-router';
import { afterEach, describe, expect, it } from 'vitest';
import { LoginPage } from '../../pages/LoginPage';
import { currentUser, signedIn, signedOut } from '../../services/session';
import { aUser } from '../../test/builders';
import { json, networkDown, problem, stubFetch } from '../../test/fetch';
import { renderApp } from '../../test/render';

afterEach(() => signedOut());

function draw(path = '/login') {
  const view = renderApp(
    <Routes>
      <Route path="/login" element={<LoginPage />} />
      <Route path="*" element={<p>Another page</p>} />
    </Routes>,
    { path },
  );
  const name = screen.getByLabelText<HTMLInputElement>('User name or e-mail');
  const password = screen.getByLabelText<HTMLInputElement>('Password');
  const fill = async () => {
    await view.user.type(name, ' ada ');
    await view.user.type(password, 'correct horse');
    await view.user.keyboard('{Enter}');
  };
  return { ...view, name, password, fill };
}

describe('log-in', () => {
  it('sends the trimmed name and goes where `next` says', async () => {
    const seen = stubFetch({ 'POST /api/login': json(200, { user: aUser() }) });
    const { fill, where } = draw('/login?next=%2Fsettings');
    await fill();
    await waitFor(() => expect(where()).toBe('/settings'));
    expect(seen[0]?.body).toEqual({ username: 'ada', password: 'correct horse' });
    expect(currentUser()?.user_id).toBe(1);
  });

  it('does not follow `next` to another site', async () => {
    stubFetch({ 'POST /api/login': json(200, { user: aUser() }) });
    const { fill, where } = draw('/login?next=%2F%2Fevil.example');
    await fill();
    await waitFor(() => expect(where()).toBe('/'));
  });

  it('says the same for every reason, keeps the name, empties the password and focuses it', async () => {
    stubFetch({ 'POST /api/login': problem(401, 'invalid_credentials') });
    const { fill, name, password } = draw();
    await fill();
    await screen.findByText('The name or the password is not right. Check both and try again');
    expect(name.value).toBe(' ada ');
    expect(password.value).toBe('');
    expect(document.activeElement).toBe(password);
    expect(document.title).toMatch(/^Error: Log in/);
  });

  it('keeps the password when nothing answered', async () => {
    stubFetch({ 'POST /api/login': networkDown });
    const { fill, password } = draw();
    await fill();
    await screen.findByRole('button', { name: 'Try again' });
    expect(password.value).toBe('correct horse');
  });

  it('says how long a throttle lasts', async () => {
    stubFetch({ 'POST /api/login': problem(429, 'too_many_requests', {}, { 'Retry-After': '300' }) });
    const { fill } = draw();
    await fill();
    expect((await screen.findByRole('alert')).textContent).toContain('5 minutes');
  });

  it('sends a signed-in user on to the list', async () => {
    await signedIn(aUser());
    const { where } = renderApp(<LoginPage />, { path: '/login' });
    await waitFor(() => expect(where()).toBe('/'));
  });
});
