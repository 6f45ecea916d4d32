import { fireEvent, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { PasswordField } from './PasswordField';
import { PasswordRules } from './PasswordRules';

function draw() {
  render(
    <form onSubmit={(event) => event.preventDefault()}>
      <PasswordField
        name="password"
        label="Password"
        autoComplete="new-password"
        rules={(id, value) => <PasswordRules id={id} value={value} names={['ada', 'ada@example.org']} />}
      />
      <button type="submit">Send</button>
    </form>,
  );
  return { input: screen.getByLabelText<HTMLInputElement>('Password'), user: userEvent.setup() };
}

const rules = () => screen.getAllByRole('listitem').map((item) => item.textContent);

describe('a password', () => {
  it('may be of any length, be pasted and be filled by a manager', () => {
    const { input } = draw();
    expect(input.getAttribute('maxlength')).toBeNull();
    expect(input.getAttribute('autocomplete')).toBe('new-password');
    expect(input.getAttribute('spellcheck')).toBe('false');
    expect(input.onpaste).toBeNull();
  });

  it('can be shown, and is hidden again when the form is sent', async () => {
    const { input, user } = draw();
    const toggle = screen.getByRole('button', { name: 'Show password' });
    expect(toggle.getAttribute('aria-pressed')).toBe('false');
    await user.click(toggle);
    expect(input.type).toBe('text');
    expect(toggle.getAttribute('aria-pressed')).toBe('true');
    await user.click(screen.getByRole('button', { name: 'Send' }));
    expect(input.type).toBe('password');
  });

  it('shows its rules before typing and says which are met', async () => {
    const { input, user } = draw();
    expect(rules()).toEqual([
      'At least 8 characters: not met yet',
      'Not your user name or e-mail address: not met yet',
    ]);
    await user.type(input, 'ADA@example.org');
    expect(rules()).toEqual(['At least 8 characters: met', 'Not your user name or e-mail address: not met yet']);
    await user.clear(input);
    await user.type(input, 'correct horse');
    expect(rules()).toEqual(['At least 8 characters: met', 'Not your user name or e-mail address: met']);
  });

  it('says that Caps Lock is on', () => {
    const { input } = draw();
    fireEvent(
      input,
      new KeyboardEvent('keydown', { key: 'A', bubbles: true, modifierCapsLock: true } as KeyboardEventInit),
    );
    const press = new KeyboardEvent('keydown', { key: 'A', bubbles: true });
    Object.defineProperty(press, 'getModifierState', { value: (key: string) => key === 'CapsLock' });
    fireEvent(input, press);
    expect(screen.getByText('Caps Lock is on')).toBeDefined();
    fireEvent.blur(input);
    expect(screen.queryByText('Caps Lock is on')).toBeNull();
  });
});
