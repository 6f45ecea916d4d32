import { Search, X } from 'lucide-react';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { t } from '../../i18n/tasks';
import { IconButton } from '../ui/IconButton';
import { Icon } from '../ui/icons';

/** The list follows this long after the last letter, so that typing stays fluent (milliseconds). */
const kPause = 150;

/** The search. It answers the tasks on this device; the text goes into the address. */
export function SearchField({
  value,
  field,
  onChange,
  onLeave,
}: {
  value: string;
  field: RefObject<HTMLInputElement | null>;
  onChange: (value: string) => void;
  onLeave: () => void;
}) {
  const [text, setText] = useState(value);
  const sent = useRef(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  // The address changed by another way: a chip was removed, or the person went back.
  if (value !== sent.current) {
    sent.current = value;
    setText(value);
  }
  useEffect(() => () => clearTimeout(timer.current), []);

  const send = (next: string) => {
    clearTimeout(timer.current);
    sent.current = next;
    onChange(next);
  };
  const type = (next: string) => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => send(next), kPause);
  };
  const clear = () => {
    setText('');
    send('');
  };
  return (
    <search className="relative block">
      <Icon of={Search} className="pointer-events-none absolute top-3 left-3 text-muted" />
      <input
        ref={field}
        type="search"
        name="q"
        value={text}
        onChange={(event) => type(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
          event.preventDefault();
          if (text === '') onLeave();
          else clear();
        }}
        aria-label={t('filter.search')}
        placeholder={t('filter.search')}
        autoComplete="off"
        enterKeyHint="search"
        className="min-h-11 w-full appearance-none rounded-control border border-line bg-surface py-2 pr-11 pl-10 text-body transition hover:border-control focus:border-accent focus:bg-bg [&::-webkit-search-cancel-button]:hidden"
      />
      {text !== '' && (
        <IconButton icon={X} label={t('filter.search.clear')} onClick={clear} className="absolute top-0 right-0" />
      )}
    </search>
  );
}
