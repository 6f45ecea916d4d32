import { useEffect, useRef } from 'react';
import type { tasks } from '../i18n/en/tasks';
import { createStore } from '../services/store';
import { useStore } from './useStore';

/** Every key of the task page. The help sheet is made from this table, so it cannot lie. */
export const shortcuts = [
  { id: 'new', keys: ['n', 'q'], text: 'keys.new' },
  { id: 'search', keys: ['/', 'Mod+k'], text: 'keys.search' },
  { id: 'next', keys: ['j', 'ArrowDown'], text: 'keys.next' },
  { id: 'previous', keys: ['k', 'ArrowUp'], text: 'keys.previous' },
  { id: 'toggle', keys: ['x'], text: 'keys.toggle' },
  { id: 'rename', keys: ['Enter'], text: 'keys.rename' },
  { id: 'edit', keys: ['e'], text: 'keys.edit' },
  { id: 'due', keys: ['d'], text: 'keys.due' },
  { id: 'delete', keys: ['Delete'], text: 'keys.delete' },
  { id: 'undo', keys: ['Mod+z'], text: 'keys.undo' },
  { id: 'inbox', keys: ['g i'], text: 'keys.inbox' },
  { id: 'today', keys: ['g t'], text: 'keys.today' },
  { id: 'upcoming', keys: ['g u'], text: 'keys.upcoming' },
  { id: 'progress', keys: ['g p'], text: 'keys.progress' },
  { id: 'completed', keys: ['g c'], text: 'keys.completed' },
  { id: 'help', keys: ['?'], text: 'keys.help' },
] as const satisfies readonly { id: string; keys: readonly string[]; text: keyof typeof tasks }[];

export type ShortcutId = (typeof shortcuts)[number]['id'];
/** What a key does; false leaves it to the browser. */
export type ShortcutHandlers = Partial<Record<ShortcutId, () => boolean | undefined>>;

/** Time to press the second key of `g i` (milliseconds). */
const kSequence = 1_000;
const kSetting = 'tms.single-keys';

/** Single keys can be switched off, because speech input and unsteady hands press them by chance (WCAG 2.1.4). */
export const singleKeys = createStore(readSetting());

export function chooseSingleKeys(on: boolean): void {
  singleKeys.set(on);
  try {
    localStorage.setItem(kSetting, on ? 'on' : 'off');
  } catch {
    // Lasts as long as the page then.
  }
}

/** Hears the keys of the table while the component is there, outside of inputs and dialogs. */
export function useShortcuts(handlers: ShortcutHandlers): void {
  const latest = useRef(handlers);
  latest.current = handlers;
  const single = useStore(singleKeys);
  useEffect(() => {
    let first = '';
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || isTaken(event)) return;
      const pressed = nameOf(event);
      const chord = first ? `${first} ${pressed}` : pressed;
      first = '';
      clearTimeout(timer);
      const found = shortcuts.find((shortcut) => (shortcut.keys as readonly string[]).includes(chord));
      if (!found && pressed === 'g' && single) {
        first = 'g';
        timer = setTimeout(() => {
          first = '';
        }, kSequence);
        return;
      }
      if (!found || (!single && isSingle(chord))) return;
      const handler = latest.current[found.id];
      if (handler && handler() !== false) event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('keydown', onKey);
    };
  }, [single]);
}

/** `Mod` is Ctrl, or Cmd on a Mac. */
function nameOf({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): string {
  if (altKey) return '';
  return ctrlKey || metaKey ? `Mod+${key.toLowerCase()}` : key;
}

/** Letters belong to whoever is typing, and everything to an open dialog or menu. */
function isTaken(event: KeyboardEvent): boolean {
  const { target } = event;
  if (document.querySelector('dialog:modal')) return true;
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('[role=menu]') || target.isContentEditable) return true;
  const isText =
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type));
  if (!isText) return false;
  // Search is reached from everywhere; an empty field has nothing of its own to undo.
  const name = nameOf(event);
  return name !== 'Mod+k' && !(name === 'Mod+z' && target.value === '');
}

/** Keys that a person might press by chance: one letter or sign without a modifier. */
function isSingle(chord: string): boolean {
  return !chord.startsWith('Mod+') && !['Enter', 'Delete', 'ArrowDown', 'ArrowUp'].includes(chord);
}

function readSetting(): boolean {
  try {
    return localStorage.getItem(kSetting) !== 'off';
  } catch {
    return true;
  }
}
