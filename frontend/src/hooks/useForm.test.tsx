import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { ErrorSummary } from '../components/ui/ErrorSummary';
import { TextField } from '../components/ui/Field';
import { AppError } from '../services/appError';
import { renderApp } from '../test/render';
import { required, useForm, type Values } from './useForm';

type Names = 'first' | 'second';

function TestForm({ submit }: { submit: (values: Values<Names>) => Promise<void> }) {
  const form = useForm<Names>({
    fields: { first: required('Enter the first'), second: required('Enter the second') },
    submit,
  });
  return (
    <form {...form.formProps}>
      <ErrorSummary form={form} names={['first', 'second']} />
      <TextField name="first" label="First" error={form.errors.first} />
      <TextField name="second" label="Second" error={form.errors.second} />
      <button type="submit">Send</button>
      <output>{form.pending ? 'pending' : 'idle'}</output>
    </form>
  );
}

function draw(submit = vi.fn<(values: Values<Names>) => Promise<void>>()) {
  const { user } = renderApp(<TestForm submit={submit} />);
  const first = screen.getByLabelText('First');
  const second = screen.getByLabelText('Second');
  const send = () => user.click(screen.getByRole('button', { name: 'Send' }));
  return { user, submit, first, second, send };
}

describe('a form', () => {
  it('says nothing before it is submitted, not even on blur', async () => {
    const { user, first } = draw();
    await user.click(first);
    await user.tab();
    expect(screen.queryByText('Enter the first')).toBeNull();
  });

  it('with one wrong field focuses that field and shows no summary', async () => {
    const { user, submit, first, second, send } = draw();
    await user.type(first, 'a');
    await send();
    expect(second).toBe(document.activeElement);
    expect(second.getAttribute('aria-invalid')).toBe('true');
    expect(second.getAttribute('aria-describedby')).toBe('second-error');
    expect(first.getAttribute('aria-invalid')).toBeNull();
    expect(screen.queryByText('There is a problem')).toBeNull();
    expect(submit).not.toHaveBeenCalled();
  });

  it('with two wrong fields focuses the summary, whose links focus the fields', async () => {
    const { user, second, send } = draw();
    await send();
    expect(document.activeElement).toBe(screen.getByRole('alert'));
    await user.click(screen.getByRole('link', { name: 'Enter the second' }));
    expect(document.activeElement).toBe(second);
  });

  it('takes an error away as soon as the field is mended', async () => {
    const { user, second, send } = draw();
    await send();
    await user.type(second, 'b');
    expect(second.getAttribute('aria-invalid')).toBeNull();
    expect(screen.getByLabelText('First').getAttribute('aria-invalid')).toBe('true');
  });

  it('sends once for a double click', async () => {
    let finish: () => void = () => undefined;
    const { user, submit, first, second, send } = draw(vi.fn(() => new Promise<void>((done) => (finish = done))));
    await user.type(first, 'a');
    await user.type(second, 'b');
    await send();
    await send();
    fireEvent.submit(first.closest('form') as HTMLFormElement);
    expect(submit).toHaveBeenCalledExactlyOnceWith({ first: 'a', second: 'b' });
    await act(async () => finish());
    expect(screen.getByText('idle')).toBeDefined();
  });

  it('keeps what was typed and offers to try again when nothing answers', async () => {
    const submit = vi.fn<(_: Values<Names>) => Promise<void>>().mockRejectedValueOnce(new AppError('offline'));
    submit.mockResolvedValue();
    const { user, first, second, send } = draw(submit);
    await user.type(first, 'a');
    await user.type(second, 'b');
    await send();
    expect(document.activeElement).toBe(screen.getByRole('alert'));
    expect(screen.getByRole('alert').textContent).toContain('could not be reached');
    expect((first as HTMLInputElement).value).toBe('a');
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
    expect(submit).toHaveBeenCalledTimes(2);
  });

  it('puts the errors of the server at the fields', async () => {
    const errors = [{ field: 'second', code: 'invalid', message: 'Not this one.' }];
    const { user, first, second, send } = draw(vi.fn().mockRejectedValue(new AppError('refused', 422, { errors })));
    await user.type(first, 'a');
    await user.type(second, 'b');
    await send();
    expect(second.getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByText('Not this one.')).toBeDefined();
    expect(document.activeElement).toBe(second);
  });
});
