/** Something that was done and how to take it back. */
export interface Undoable<Action> {
  readonly id: string;
  readonly action: Action;
}

export type UndoStack<Action> = readonly Undoable<Action>[];

/** Older entries are forgotten: nobody takes back more by hand. */
export const kUndoDepth = 50;

export function push<Action>(stack: UndoStack<Action>, entry: Undoable<Action>): UndoStack<Action> {
  return [...stack, entry].slice(-kUndoDepth);
}

export function last<Action>(stack: UndoStack<Action>): Undoable<Action> | undefined {
  return stack.at(-1);
}

/** Takes an entry out, wherever it lies: a toast may undo something that is not the newest. */
export function take<Action>(
  stack: UndoStack<Action>,
  id: string,
): { entry: Undoable<Action> | undefined; rest: UndoStack<Action> } {
  return {
    entry: stack.find((candidate) => candidate.id === id),
    rest: stack.filter((candidate) => candidate.id !== id),
  };
}
