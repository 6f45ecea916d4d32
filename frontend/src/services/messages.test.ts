import { describe, expect, it } from 'vitest';
import { AppError } from './appError';
import { problemOfForm } from './formErrors';
import { messageOf, waitText } from './messages';

describe('messageOf', () => {
  it.each([
    [new AppError('offline'), /could not be reached/],
    [new AppError('timeout'), /too long/],
    [new AppError('refused', 500, { request_id: 'r-1' }), /Reference r-1/],
    [new AppError('refused', 503, {}), /on the server/],
    [new AppError('refused', 429, {}, 120), /in 2 minutes/],
    [new AppError('refused', 429), /in 60 seconds/],
    [new AppError('refused', 401, { code: 'not_signed_in' }), /logged out/],
    [new AppError('refused', 403, { code: 'read_only' }), /not change/],
    [new AppError('refused', 404), /not here/],
    [new AppError('refused', 409, { detail: 'Taken.' }), /^Taken\.$/],
    [new Error('bug'), /on the server/],
  ])('explains %o', (error, words) => {
    expect(messageOf(error)).toMatch(words);
  });

  it('never shows the words of a defect', () => {
    expect(messageOf(new TypeError('undefined is not a function'))).not.toMatch(/undefined/);
  });
});

describe('waitText', () => {
  it.each([
    [0, '1 second'],
    [1, '1 second'],
    [27, '27 seconds'],
    [90, '90 seconds'],
    [91, '2 minutes'],
    [3600, '60 minutes'],
    [5401, '2 hours'],
  ])('says %d seconds as "%s"', (seconds, text) => {
    expect(waitText(seconds)).toBe(text);
  });
});

describe('problemOfForm', () => {
  const errors = [
    { field: 'email', code: 'invalid', message: 'Wrong e-mail.' },
    { field: 'email', code: 'too_long', message: 'Too long.' },
    { field: 'limit', code: 'unknown', message: 'What is limit?' },
  ];

  it('puts each field error at its field, the first one wins, and the others into the text', () => {
    const error = new AppError('refused', 422, { code: 'validation_failed', errors });
    expect(problemOfForm(error, ['email', 'password'])).toEqual({
      fields: { email: 'Wrong e-mail.' },
      text: 'What is limit?',
    });
  });

  it('uses the words of the form', () => {
    const error = new AppError('refused', 422, { errors: errors.slice(0, 1) });
    expect(problemOfForm(error, ['email'], ({ code }) => `our ${code}`).fields).toEqual({ email: 'our invalid' });
  });

  it('offers to try again when there was no answer or a fault, not under a throttle', () => {
    expect(problemOfForm(new AppError('offline'), []).canRetry).toBe(true);
    expect(problemOfForm(new AppError('refused', 500), []).canRetry).toBe(true);
    expect(problemOfForm(new AppError('refused', 429, {}, 9), []).canRetry).toBe(false);
    expect(problemOfForm(new AppError('refused', 409), []).canRetry).toBe(false);
  });
});
