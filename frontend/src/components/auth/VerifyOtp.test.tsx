import { screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { VerifyOtpPage } from '../../pages/VerifyOtpPage';
import { forgetCode, waitForCode } from '../../services/codeFlow';
import { currentUser, signedIn, signedOut } from '../../services/session';
import { aFlowAnswer, aUser } from '../../test/builders';
import { json, networkDown, problem, stubFetch } from '../../test/fetch';
import { renderApp } from '../../test/render';

const kNow = Date.parse('2026-01-01T00:00:00Z');
/** A flow that has waited long enough for a new code. */
const old = aFlowAnswer({ resend_at: '2025-12-31T23:59:00.000000Z' });

beforeEach(() =>
  waitForCode({ purpose: 'signup', email: 'ada@example.org', username: 'ada', next: '/settings' }, old, kNow),
);
afterEach(async () => {
  await signedOut();
  forgetCode();
});

function draw(replies: Parameters<typeof stubFetch>[0]) {
  const seen = stubFetch({ 'GET /config.json': json(200, { mail_folder: null, version: '1' }), ...replies });
  const view = renderApp(<VerifyOtpPage />, { path: '/verify' });
  const input = screen.queryByLabelText<HTMLInputElement>('8-digit code') as HTMLInputElement;
  const type = async (code: string) => {
    await view.user.type(input, code);
    await view.user.keyboard('{Enter}');
  };
  const calls = (path: string) => seen.filter((each) => each.path === path);
  return { ...view, input, type, calls };
}

describe('confirming a sign-up', () => {
  it('signs in, forgets the code and goes where the sign-up began', async () => {
    const { type, calls, where } = draw({ 'POST /api/verify-otp': json(200, { user: aUser() }) });
    await type('12345678');
    await waitFor(() => expect(where()).toBe('/settings'));
    expect(calls('/api/verify-otp')[0]?.body).toEqual({ flow: 'flow-1', otp: '12345678' });
    expect(currentUser()?.username).toBe('ada');
  });

  it('shows where the code went, masked', () => {
    draw({});
    expect(screen.getByText(/a•••@example\.org/)).toBeDefined();
  });

  it('asks nothing while the code is not eight digits', async () => {
    const { type, calls, input } = draw({});
    await type('1234567');
    expect(screen.getByText(/You have entered 7 digits/)).toBeDefined();
    expect(document.activeElement).toBe(input);
    expect(calls('/api/verify-otp')).toHaveLength(0);
  });

  it.each([
    [problem(422, 'code_wrong', { attempts_left: 4 }), /4 tries left/],
    [problem(422, 'code_wrong', { attempts_left: 1 }), /1 try left/],
    [problem(422, 'code_wrong', { attempts_left: 0 }), /last try/],
  ])('says how many tries are left', async (reply, words) => {
    const { type, input } = draw({ 'POST /api/verify-otp': reply });
    await type('12345678');
    await screen.findByText(words);
    expect(document.activeElement).toBe(input);
    expect(input.value).toBe('12345678');
  });

  it('offers a new code and the log-in when the code has expired', async () => {
    const { type } = draw({ 'POST /api/verify-otp': problem(410, 'code_expired') });
    await type('12345678');
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('expired or was used');
    expect(screen.getByRole('link', { name: /Log in/ }).getAttribute('href')).toBe('/login?next=%2Fsettings');
    expect(screen.getAllByRole('button', { name: 'Send a new code' })).toHaveLength(1);
  });

  it('offers a new code when the tries are spent', async () => {
    const { type } = draw({ 'POST /api/verify-otp': problem(429, 'code_locked', {}, { 'Retry-After': '60' }) });
    await type('12345678');
    expect((await screen.findByRole('alert')).textContent).toMatch(/Too many wrong codes.*Send a new code/);
  });

  it('offers to try again when nothing answers', async () => {
    const { type } = draw({ 'POST /api/verify-otp': networkDown });
    await type('12345678');
    await screen.findByRole('button', { name: 'Try again' });
  });

  it('asks for another name when somebody took it, and keeps the code', async () => {
    const { type, calls, user, input } = draw({
      'POST /api/verify-otp': [problem(409, 'username_taken'), json(200, { user: aUser({ username: 'ada2' }) })],
    });
    await type('12345678');
    const name = await screen.findByLabelText('User name');
    expect(document.activeElement).toBe(name);
    expect(input.value).toBe('12345678');
    await user.clear(name);
    await user.type(name, 'ada2{Enter}');
    await waitFor(() => expect(currentUser()?.username).toBe('ada2'));
    expect(calls('/api/verify-otp')[1]?.body).toEqual({ flow: 'flow-1', otp: '12345678', username: 'ada2' });
  });

  it('leads to the log-in when the address got an account meanwhile', async () => {
    const { type } = draw({ 'POST /api/verify-otp': problem(409, 'email_taken') });
    await type('12345678');
    expect((await screen.findByRole('alert')).textContent).toContain('already is an account');
    expect(screen.getByRole('link', { name: 'Log in' })).toBeDefined();
  });

  it('sends a pasted code by itself once, and a refused one never again', async () => {
    const { user, input, calls } = draw({ 'POST /api/verify-otp': problem(422, 'code_wrong', { attempts_left: 3 }) });
    await user.click(input);
    await user.paste('Your code is 1234 5678');
    await screen.findByText(/3 tries left/);
    await user.clear(input);
    await user.paste('12345678');
    await user.keyboard('x');
    expect(calls('/api/verify-otp')).toHaveLength(1);
  });

  it('goes on when another tab has confirmed', async () => {
    const { where } = draw({});
    await signedIn(aUser());
    await waitFor(() => expect(where()).toBe('/settings'));
  });

  it('without a pending sign-up begins one', async () => {
    forgetCode();
    const { where } = draw({});
    await waitFor(() => expect(where()).toBe('/signup'));
  });

  it('shows where the mail lies when the server has no mail server', async () => {
    draw({ 'GET /config.json': json(200, { mail_folder: '/srv/data/mail', version: '1' }) });
    await screen.findByText((_, node) => node?.textContent === '/srv/data/mail' && node.tagName === 'P');
  });
});

describe('a new code', () => {
  it('empties the field, takes errors away, says so and focuses the field', async () => {
    const { type, user, input } = draw({
      'POST /api/verify-otp': problem(422, 'code_wrong', { attempts_left: 3 }),
      'POST /api/resend-otp': json(202, aFlowAnswer()),
    });
    await type('12345678');
    await screen.findByText(/3 tries left/);
    await user.click(screen.getByRole('button', { name: 'Send a new code' }));
    await screen.findByText('A new code was sent.');
    expect(input.value).toBe('');
    expect(document.activeElement).toBe(input);
    expect(screen.queryByText(/tries left/)).toBeNull();
  });

  it('waits as long as a throttle says', async () => {
    const { user } = draw({ 'POST /api/resend-otp': problem(429, 'too_many_requests', {}, { 'Retry-After': '90' }) });
    await user.click(screen.getByRole('button', { name: 'Send a new code' }));
    const button = await screen.findByRole('button', { name: /Send again in (90|89) s/ });
    expect(button.getAttribute('aria-disabled')).toBe('true');
    expect(button.hasAttribute('disabled')).toBe(false);
  });

  it('begins again when the flow has ended', async () => {
    const { user } = draw({ 'POST /api/resend-otp': problem(410, 'code_expired') });
    await user.click(screen.getByRole('button', { name: 'Send a new code' }));
    expect((await screen.findByRole('link', { name: 'Begin again' })).getAttribute('href')).toBe('/signup');
  });
});
