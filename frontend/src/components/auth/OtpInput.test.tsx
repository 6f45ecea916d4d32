import { fireEvent, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { OtpInput } from './OtpInput';

function Harness({ onFilled }: { onFilled: (digits: string) => void }) {
  const [value, setValue] = useState('');
  return <OtpInput value={value} onChange={setValue} onFilled={onFilled} />;
}

function draw() {
  const onFilled = vi.fn();
  render(<Harness onFilled={onFilled} />);
  const input = screen.getByLabelText<HTMLInputElement>('8-digit code');
  return { input, onFilled, user: userEvent.setup() };
}

describe('the code input', () => {
  it('is one input that autofill and number keyboards understand, without a length', () => {
    const { input } = draw();
    expect(screen.getAllByRole('textbox')).toHaveLength(1);
    expect(input).toMatchObject({ type: 'text', inputMode: 'numeric', autocomplete: 'one-time-code', name: 'otp' });
    expect(input.getAttribute('maxlength')).toBeNull();
  });

  it.each(['1234 5678', '1234-5678', ' 12345678\n', 'Your code is 1234 5678'])(
    'takes %j from the clipboard as 12345678',
    async (text) => {
      const { input, onFilled, user } = draw();
      await user.click(input);
      await user.paste(text);
      expect(input.value).toBe('12345678');
      expect(onFilled).toHaveBeenCalledExactlyOnceWith('12345678');
    },
  );

  it('takes a programmatic fill: an input event without keys', () => {
    const { input, onFilled } = draw();
    fireEvent.input(input, { target: { value: '00000042' } });
    expect(input.value).toBe('00000042');
    expect(onFilled).toHaveBeenCalledExactlyOnceWith('00000042');
  });

  it('does not send by itself while somebody types', async () => {
    const { input, onFilled, user } = draw();
    await user.type(input, '12345678');
    expect(input.value).toBe('12345678');
    expect(onFilled).not.toHaveBeenCalled();
  });

  it('keeps a ninth digit and shows it', async () => {
    const { input, onFilled, user } = draw();
    await user.click(input);
    await user.paste('1234 5678 9');
    expect(input.value).toBe('123456789');
    expect(onFilled).not.toHaveBeenCalled();
    expect(document.querySelector('[aria-hidden=true]')?.textContent).toBe('123456789');
  });

  it('drops letters', async () => {
    const { input, user } = draw();
    await user.type(input, '12ab34');
    expect(input.value).toBe('1234');
  });
});
