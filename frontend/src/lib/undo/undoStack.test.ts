import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kUndoDepth, last, push, take, type UndoStack } from './undoStack';

describe('undoStack', () => {
  it('gives back the newest first and forgets only the oldest', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { maxLength: 80 }), (ids) => {
        let stack: UndoStack<string> = [];
        for (const id of ids) stack = push(stack, { id, action: id });
        const back: string[] = [];
        for (let top = last(stack); top; top = last(stack)) {
          back.push(top.id);
          stack = take(stack, top.id).rest;
        }
        expect(back).toEqual(ids.toReversed().slice(0, kUndoDepth));
      }),
    );
  });

  it('takes out an entry in the middle once', () => {
    const stack = push(push([], { id: 'a', action: 1 }), { id: 'b', action: 2 });
    const { entry, rest } = take(stack, 'a');
    expect(entry?.action).toBe(1);
    expect(take(rest, 'a').entry).toBeUndefined();
  });
});
