import { t } from '../i18n/tasks';
import { last, push, take, type UndoStack } from '../lib/undo/undoStack';
import { uuidv7 } from '../lib/uuid';
import { onSessionEnd } from '../services/session';
import { announce } from './useAnnounce';
import { dismissToast, showToast } from './useToasts';

interface Step {
  readonly text: string;
  readonly toast: number;
  readonly run: () => void;
}

let stack: UndoStack<Step> = [];

/** Says what was done, with an Undo that works in the toast and, also after it is gone, by Ctrl/Cmd+Z. */
export function offerUndo(text: string, run: () => void): void {
  const id = uuidv7();
  const toast = showToast({ text, action: { label: t('app.undo'), run: () => undo(id) } });
  stack = push(stack, { id, action: { text, toast, run } });
}

/** Takes back the newest step, or the one of this id. False when there is none. */
export function undo(id: string | undefined = last(stack)?.id): boolean {
  const { entry, rest } = take(stack, id ?? '');
  if (!entry) return false;
  stack = rest;
  dismissToast(entry.action.toast);
  entry.action.run();
  announce(t('toast.undone', { what: entry.action.text }));
  return true;
}

onSessionEnd(() => {
  // What they say is nobody else's business.
  for (const { action } of stack) dismissToast(action.toast);
  stack = [];
});
