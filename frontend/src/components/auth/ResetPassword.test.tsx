import { screen, waitFor } from '@testing-library/react';
import { Route, Routes } from 'react-router';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LoginPage } from '../../pages/LoginPage';
import { ResetPasswordPage } from '../../pages/ResetPasswordPage';
import { forgetCode, waitForCode } from '../../services/codeFlow';
import { aFlowAnswer } from '../../test/builders';
import { json, noContent, problem, stubFetch } from '../../test/fetch';
import { renderApp } from '../../test/render';

beforeEach(() =>
  waitForCode({ purpose: 'reset', email: 'ada@example.org' }, aFlowAnswer(), Date.parse('2026-01-01T00:00:00Z')),
);
afterEach(() => forgetCode());

function draw(reply: Response) {
  const seen = stubFetch({
    'GET /config.json': json(200, { mail_folder: null, version: '1' }),
    'POST /api/reset-password': reply,
  });
  const view = renderApp(
    <Routes>
      <Route path="/reset-password" element={<ResetPasswordPage />} />
      <Route path="/login" element={<LoginPage />} />
    </Routes>,
    { path: '/reset-password' },
  );
  const code = screen.getByLabelText<HTMLInputElement>('8-digit code');
  const password = screen.getByLabelText<HTMLInputElement>('New password');
  const fill = async () => {
    await view.user.type(code, '00345678');
    await view.user.type(password, 'correct horse');
    await view.user.keyboard('{Enter}');
  };
  return { ...view, seen, code, password, fill };
}

describe('setting a new password', () => {
  it('asks to log in, with the name filled in, and says that all devices were logged out', async () => {
    const { fill, seen } = draw(noContent());
    await fill();
    await screen.findByText(/every device was logged out/);
    expect(screen.getByLabelText<HTMLInputElement>('User name or e-mail').value).toBe('ada@example.org');
    expect(seen.find(({ method }) => method === 'POST')?.body).toEqual({
      flow: 'flow-1',
      otp: '00345678',
      new_password: 'correct horse',
    });
  });

  it('never says whether the address has an account', () => {
    draw(noContent());
    expect(screen.getByText(/^If an account exists for a•••@example\.org/)).toBeDefined();
  });

  it('keeps the code and the password when the code is wrong', async () => {
    const { fill, code, password } = draw(problem(422, 'code_wrong', { attempts_left: 2 }));
    await fill();
    await screen.findByText(/2 tries left/);
    expect([code.value, password.value]).toEqual(['00345678', 'correct horse']);
  });

  it('keeps the code when the password is refused for being the name', async () => {
    const errors = [{ field: 'new_password', code: 'same_as_account', message: 'No.' }];
    const { fill, code, password } = draw(problem(422, 'validation_failed', { errors }));
    await fill();
    await screen.findByText('Choose a password that is not your user name or e-mail address');
    expect(document.activeElement).toBe(password);
    expect(code.value).toBe('00345678');
  });

  it('tells password managers whose password it is', () => {
    draw(noContent());
    const name = document.querySelector<HTMLInputElement>('input[name=username]');
    expect(name).toMatchObject({ autocomplete: 'username', readOnly: true, value: 'ada@example.org' });
  });

  it('does not send a filled code by itself: the password is still missing', async () => {
    const { user, code, seen } = draw(noContent());
    await user.click(code);
    await user.paste('12345678');
    await waitFor(() => expect(code.value).toBe('12345678'));
    expect(seen.filter(({ method }) => method === 'POST')).toHaveLength(0);
  });
});
