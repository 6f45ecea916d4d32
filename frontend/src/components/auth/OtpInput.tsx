import { clsx } from 'clsx';
import { type RefObject, useState } from 'react';
import { t } from '../../i18n/auth';
import { digitsOf, limits } from '../../services/validation';
import { Field } from '../ui/Field';

export interface OtpInputProps {
  readonly value: string;
  readonly onChange: (digits: string) => void;
  /** Eight digits came at once, by paste, autofill or a program; not called while somebody types. */
  readonly onFilled?: (digits: string) => void;
  readonly error?: string | undefined;
  readonly inputRef?: RefObject<HTMLInputElement | null>;
}

/** Half of the code, where the painted gap is. */
const kGroup = limits.codeDigits / 2;

/**
 * The 8-digit code: one real input, so that autofill, paste and screen readers work, under painted cells that show it.
 * The gap between the groups is paint and never in the value. Too many digits are kept and explained on submit.
 */
export function OtpInput({ value, onChange, onFilled, error, inputRef }: OtpInputProps) {
  const [focused, setFocused] = useState(false);
  const [range, setRange] = useState<readonly [from: number, to: number]>([0, 0]);

  const change = (text: string) => {
    const digits = digitsOf(text);
    onChange(digits);
    if (digits.length === limits.codeDigits && digits.length - value.length > 1) onFilled?.(digits);
  };
  const follow = (input: HTMLInputElement) => setRange([input.selectionStart ?? 0, input.selectionEnd ?? 0]);

  return (
    <Field name="otp" label={t('code.label')} error={error}>
      {(props) => (
        <div className="relative">
          <input
            {...props}
            ref={inputRef}
            type="text"
            inputMode="numeric"
            autoComplete="one-time-code"
            pattern="[0-9]*"
            autoCorrect="off"
            spellCheck={false}
            value={value}
            onChange={(event) => change(event.currentTarget.value)}
            onSelect={(event) => follow(event.currentTarget)}
            onFocus={(event) => {
              setFocused(true);
              follow(event.currentTarget);
            }}
            onBlur={() => setFocused(false)}
            // Transparent, not hidden: it takes the clicks and the menu of the cells beneath.
            className="peer absolute inset-0 z-10 w-full cursor-text opacity-0"
          />
          <Cells value={value} range={focused ? range : null} wrong={error !== undefined} />
        </div>
      )}
    </Field>
  );
}

function Cells({ value, range, wrong }: { value: string; range: readonly [number, number] | null; wrong: boolean }) {
  const count = Math.max(limits.codeDigits, value.length);
  return (
    <div aria-hidden="true" className="flex gap-1 sm:gap-1.5">
      {Array.from({ length: count }, (_, index) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place
          key={index}
          className={clsx(
            'digits flex h-14 min-w-0 flex-1 items-center justify-center rounded-control border bg-surface text-[1.5rem] leading-none transition-colors',
            index === kGroup && 'ml-2 sm:ml-3',
            index >= limits.codeDigits ? 'border-danger text-danger' : wrong ? 'border-danger' : 'border-control',
            cellState(index, range, count),
          )}
        >
          {value[index] ?? (isCaret(index, range) && <span className="h-6 w-0.5 bg-accent" />)}
        </span>
      ))}
    </div>
  );
}

function isCaret(index: number, range: readonly [number, number] | null): boolean {
  return range !== null && range[0] === range[1] && range[0] === index;
}

/** The ring marks the cell of the caret (the last one when all are full), the tint what is selected. */
function cellState(index: number, range: readonly [number, number] | null, count: number): string | false {
  if (!range) return false;
  const [from, to] = range;
  if (from === to) return index === Math.min(from, count - 1) && 'bg-bg outline-2 outline-accent';
  return index >= from && index < to && 'bg-accent-soft outline-2 outline-accent';
}
