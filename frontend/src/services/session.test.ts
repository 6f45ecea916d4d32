import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { aUser } from '../test/builders';
import { currentUser, onSessionEnd, signedIn, signedOut, subscribeSession } from './session';

beforeEach(() => signedOut());
afterEach(() => signedOut());

/** What another tab would hear. */
function otherTab() {
  const channel = new BroadcastChannel('tms.session');
  const heard: unknown[] = [];
  channel.addEventListener('message', ({ data }) => heard.push(data));
  return { channel, heard };
}

describe('signedIn', () => {
  it('writes a flag that holds no more than id, name and e-mail', async () => {
    await signedIn(aUser());
    expect(JSON.parse(localStorage.getItem('tms.user') ?? '')).toEqual({
      user_id: 1,
      username: 'ada',
      email: 'ada@example.org',
    });
    expect(currentUser()?.username).toBe('ada');
  });

  it('tells the other tabs', async () => {
    const { channel, heard } = otherTab();
    await signedIn(aUser());
    await vi.waitFor(() => expect(heard).toMatchObject([{ type: 'signed-in', user: { user_id: 1 } }]));
    channel.close();
  });

  it('empties the stores when it is somebody else', async () => {
    const reasons: string[] = [];
    const stop = onSessionEnd((reason) => void reasons.push(reason));
    await signedIn(aUser());
    await signedIn(aUser());
    expect(reasons).toEqual([]);
    await signedIn(aUser({ user_id: 2 }));
    expect(reasons).toEqual(['other-user']);
    stop();
  });
});

describe('signedOut', () => {
  it('removes the flag, empties the stores and keeps the theme', async () => {
    localStorage.setItem('tms.theme', 'dark');
    await signedIn(aUser());
    const cleaned = vi.fn();
    const stop = onSessionEnd(cleaned);
    await signedOut();
    expect(currentUser()).toBeNull();
    expect(localStorage.getItem('tms.user')).toBeNull();
    expect(localStorage.getItem('tms.theme')).toBe('dark');
    expect(cleaned).toHaveBeenCalledExactlyOnceWith('signed-out');
    stop();
  });

  it('goes on when one store cannot be emptied', async () => {
    await signedIn(aUser());
    const stop = onSessionEnd(() => Promise.reject(new Error('disk')));
    await signedOut();
    expect(currentUser()).toBeNull();
    stop();
  });
});

describe('another tab', () => {
  it('that signs out signs this one out', async () => {
    await signedIn(aUser());
    const { channel } = otherTab();
    channel.postMessage({ type: 'signed-out' });
    await vi.waitFor(() => expect(currentUser()).toBeNull());
    channel.close();
  });

  it('that signs in signs this one in', async () => {
    const changed = vi.fn();
    const stop = subscribeSession(changed);
    const { channel } = otherTab();
    channel.postMessage({ type: 'signed-in', user: aUser() });
    await vi.waitFor(() => expect(currentUser()?.username).toBe('ada'));
    expect(changed).toHaveBeenCalled();
    channel.close();
    stop();
  });
});
