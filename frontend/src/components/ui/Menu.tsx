import { clsx } from 'clsx';
import type { LucideIcon } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { Icon } from './icons';

export interface MenuItem {
  readonly label: string;
  readonly icon?: LucideIcon;
  /** The key that does the same, shown at the right. */
  readonly keys?: string;
  readonly danger?: boolean;
  readonly run: () => void;
}

export interface MenuProps {
  /** Made when the menu opens, so that a list of rows does not carry a menu each. */
  readonly items: () => readonly MenuItem[];
  /** The name of the menu: "More for Buy milk". */
  readonly label: string;
  /** What stands on the button. */
  readonly children: ReactNode;
  readonly className?: string;
}

/** Space between the button and the menu, and between the menu and the window's edge (px). */
const kGap = 4;
const kEdge = 8;

/** A menu button (APG). The list is a native popover: on top of everything, gone by Esc or a press elsewhere. */
export function Menu({ items, label, children, className }: MenuProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const [shown, setEntries] = useState<readonly MenuItem[]>([]);

  const entries = () => [...(list.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
  const focusEntry = (index: number) => {
    const all = entries();
    all[(index + all.length) % all.length]?.focus();
  };
  const show = (first: number) => {
    flushSync(() => setEntries(items()));
    if (!list.current || !button.current) return;
    list.current.showPopover();
    place(list.current, button.current.getBoundingClientRect());
    focusEntry(first);
  };
  const hide = () => {
    list.current?.hidePopover();
    button.current?.focus();
  };

  const onListKey = (event: KeyboardEvent) => {
    event.stopPropagation();
    const at = entries().indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      focusEntry(to);
    } else if (event.key === 'Tab') {
      list.current?.hidePopover();
    }
  };

  return (
    <>
      <button
        ref={button}
        type="button"
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={id}
        aria-label={label}
        title={label}
        className={className}
        onClick={() => (open ? hide() : show(0))}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          show(event.key === 'ArrowDown' ? 0 : -1);
        }}
      >
        {children}
      </button>
      <div
        ref={list}
        id={id}
        popover="auto"
        role="menu"
        aria-label={label}
        onToggle={(event) => setOpen(event.newState === 'open')}
        onKeyDown={onListKey}
        className="fixed inset-auto m-0 min-w-48 rounded-card border border-line bg-raised p-1 text-text shadow-raised open:animate-appear"
      >
        {shown.map((item) => (
          <button
            key={item.label}
            type="button"
            role="menuitem"
            tabIndex={-1}
            onClick={() => {
              hide();
              item.run();
            }}
            className={clsx(
              'flex min-h-11 w-full items-center gap-3 rounded-control px-3 text-left hover:bg-surface focus-visible:bg-surface',
              item.danger && 'text-danger',
            )}
          >
            {item.icon && <Icon of={item.icon} className={item.danger ? undefined : 'text-muted'} />}
            <span className="flex-1">{item.label}</span>
            {item.keys && <kbd className="font-sans text-caption text-muted">{item.keys}</kbd>}
          </button>
        ))}
      </div>
    </>
  );
}

/** Under the button, flush with its right edge; above when there is no room, and never outside the window. */
function place(list: HTMLElement, anchor: DOMRect): void {
  const { width, height } = list.getBoundingClientRect();
  const below = anchor.bottom + kGap;
  const top = below + height + kEdge > innerHeight ? Math.max(kEdge, anchor.top - kGap - height) : below;
  const left = Math.min(Math.max(kEdge, anchor.right - width), innerWidth - width - kEdge);
  list.style.top = `${top}px`;
  list.style.left = `${left}px`;
}
