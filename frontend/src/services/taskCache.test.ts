import { beforeEach, describe, expect, it, vi } from 'vitest';
import { kEmptyStore } from '../lib/tasks/store';
import { aUser } from '../test/builders';
import { signedIn, signedOut } from './session';
import { forgetTasks, recallTasks, rememberTasks, writeTasks } from './taskCache';

const sign = () => localStorage.getItem('tms.kept');

async function keep(userId = 1) {
  rememberTasks(userId, kEmptyStore);
  await writeTasks();
}

beforeEach(async () => {
  await forgetTasks(1);
  await signedIn(aUser());
});

describe('the sign that tasks are kept', () => {
  it('is there when they are', async () => {
    expect(sign()).toBeNull();
    await keep();
    expect(sign()).toBe('1');
    expect(await recallTasks(1)).toEqual(kEmptyStore);
  });

  it('is there before they are, since a page that is left sees no end of it', () => {
    rememberTasks(1, kEmptyStore);
    void writeTasks();
    expect(sign()).toBe('1');
  });

  it('goes with them', async () => {
    await keep();
    await forgetTasks(1);
    expect(sign()).toBeNull();
    expect(await recallTasks(1)).toBeUndefined();
  });

  it('is not given for somebody who has signed out', async () => {
    await signedOut();
    await keep();
    expect(sign()).toBeNull();
  });

  it('goes when they cannot be kept', async () => {
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    await keep();
    expect(sign()).toBeNull();
  });

  it('is put right by the next look, when an older release or the browser removed one of the two', async () => {
    await keep();
    localStorage.removeItem('tms.kept');
    await recallTasks(1);
    expect(sign()).toBe('1');
    await forgetTasks(1);
    localStorage.setItem('tms.kept', '1');
    await recallTasks(1);
    expect(sign()).toBeNull();
  });
});
