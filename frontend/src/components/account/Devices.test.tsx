import { screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Device } from '../../services/account';
import { currentUser, signedIn, signedOut } from '../../services/session';
import { aUser } from '../../test/builders';
import { json, noContent, problem, stubFetch } from '../../test/fetch';
import { renderApp } from '../../test/render';
import { Devices } from './Devices';

beforeEach(() => signedIn(aUser()));
afterEach(() => signedOut());

function aDevice(over: Partial<Device>): Device {
  return {
    session_id: 'a',
    current: false,
    created_at: '2026-01-01T00:00:00.000000Z',
    last_seen: '2026-01-01T00:00:00.000000Z',
    expires_at: '2026-04-01T00:00:00.000000Z',
    user_agent: 'Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0',
    address: '192.0.2.1',
    ...over,
  };
}

const here = aDevice({ session_id: 'here', current: true, user_agent: '' });
const other = aDevice({ session_id: 'other' });

describe('the devices', () => {
  it('are listed, and only the others can be ended', async () => {
    stubFetch({ 'GET /api/sessions': json(200, { sessions: [here, other] }) });
    renderApp(<Devices />);
    const [first, second] = await screen.findAllByRole('listitem');
    expect(first?.textContent).toContain('Unknown device');
    expect(first?.textContent).toContain('This device');
    expect(within(first as HTMLElement).queryByRole('button')).toBeNull();
    expect(second?.textContent).toContain('Firefox on Windows');
    expect(within(second as HTMLElement).getByRole('button', { name: /^Log out Firefox on Windows/ })).toBeDefined();
  });

  it('end one by one, and the focus stays in the list', async () => {
    const seen = stubFetch({
      'GET /api/sessions': [json(200, { sessions: [here, other] }), json(200, { sessions: [here] })],
      'DELETE /api/sessions/other': noContent(),
    });
    const { user } = renderApp(<Devices />);
    await user.click(await screen.findByRole('button', { name: /^Log out Firefox/ }));
    await waitFor(() => expect(screen.getAllByRole('listitem')).toHaveLength(1));
    expect(document.activeElement).toBe(screen.getByRole('list'));
    expect(seen.some(({ method, path }) => method === 'DELETE' && path === '/api/sessions/other')).toBe(true);
  });

  it('all end only after a question', async () => {
    const seen = stubFetch({
      'GET /api/sessions': json(200, { sessions: [here] }),
      'DELETE /api/sessions': noContent(),
    });
    const { user } = renderApp(<Devices />);
    await user.click(screen.getByRole('button', { name: 'Log out everywhere' }));
    expect(seen.some(({ method }) => method === 'DELETE')).toBe(false);
    const dialog = screen.getByRole('dialog', { name: 'Log out everywhere?' });
    await user.click(within(dialog).getByRole('button', { name: 'Log out everywhere' }));
    await waitFor(() => expect(currentUser()).toBeNull());
  });

  it('can be asked for again when they could not be loaded', async () => {
    stubFetch({ 'GET /api/sessions': [problem(403, 'read_only'), json(200, { sessions: [here] })] });
    const { user } = renderApp(<Devices />);
    await user.click(await screen.findByRole('button', { name: 'Try again' }, { timeout: 3000 }));
    await screen.findByText('This device');
  });
});
