import { screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Toasts } from '../components/ui/Toasts';
import { today } from '../lib/dates/day';
import type { Task } from '../lib/tasks/task';
import { queryClient } from '../services/queryClient';
import { signedIn, signedOut } from '../services/session';
import { json, noContent, problem, type Seen, stubFetch } from '../test/fetch';
import { renderApp } from '../test/render';
import { aTask } from '../test/tasks';
import { Home } from './Home';

const milk = aTask({ task_id: 'milk', description: 'Buy milk', created_at: '2026-03-02T00:00:00.000000Z' });
const rent = aTask({ task_id: 'rent', description: 'Pay the rent' });
const noChanges = { tasks: [], deleted: [], removed_lists: [], since: 's2', more: false, reset: false };

/** An answer that a test gives when it wants to. */
function later() {
  let give: (response: Response) => void = () => undefined;
  const response = new Promise<Response>((resolve) => {
    give = resolve;
  });
  return { reply: () => response, give };
}

async function open(tasks: Task[], table: Parameters<typeof stubFetch>[0] = {}, path = '/') {
  const seen = stubFetch({
    'GET /api/tasks?limit=50': json(200, { tasks, next_cursor: null, since: 's1' }),
    'GET /api/tasks': json(200, noChanges),
    ...table,
  });
  const app = renderApp(
    <>
      <Home />
      <Toasts />
    </>,
    { client: queryClient, path },
  );
  await waitFor(() => expect(screen.queryByText('Loading your tasks')).toBeNull());
  return { ...app, seen };
}

const box = (name: string) => screen.getByRole('checkbox', { name });
const rows = () => screen.queryAllByRole('checkbox').map((each) => each.closest('li')?.querySelector('p')?.textContent);
const sent = (seen: Seen[], method: string) => seen.filter((request) => request.method === method);

beforeEach(async () => {
  await signedIn({ user_id: 1, username: 'ada', email: 'ada@example.org' });
});
afterEach(async () => {
  vi.useRealTimers();
  await signedOut();
});

describe('Home', () => {
  it('shows a new task before the server has answered, and empties the field', async () => {
    const { reply, give } = later();
    const { user, seen } = await open([milk], { 'POST /api/tasks': reply });
    const field = screen.getByLabelText('New task');
    await user.type(field, '  Call Ada {Enter}');
    expect(rows()).toEqual(['Call Ada', 'Buy milk']);
    expect(field).toHaveProperty('value', '');
    expect(document.activeElement).toBe(field);
    const body = sent(seen, 'POST')[0]?.body as Task;
    give(json(201, { task: aTask({ ...body, created_at: '2026-03-09T00:00:00.000000Z' }) }));
    await waitFor(() => expect(rows()).toEqual(['Call Ada', 'Buy milk']));
    expect(body).toMatchObject({ description: 'Call Ada', due_date: null, status: 'pending' });
  });

  it('does nothing with white space', async () => {
    const { user, seen } = await open([]);
    await user.type(screen.getByLabelText('New task'), '   {Enter}');
    expect(sent(seen, 'POST')).toEqual([]);
  });

  it('keeps a task that the server refuses, and offers Retry and Discard', async () => {
    const { user, seen } = await open([], {
      'POST /api/tasks': [
        problem(422, 'validation_failed', { detail: 'Not today.' }),
        problem(422, 'validation_failed', { detail: 'Not today.' }),
      ],
    });
    await user.type(screen.getByLabelText('New task'), 'Refused{Enter}');
    await screen.findByText('Not saved: Not today.');
    await user.click(screen.getByRole('button', { name: 'Retry “Refused”' }));
    await waitFor(() => expect(sent(seen, 'POST')).toHaveLength(2));
    const [first, second] = sent(seen, 'POST').map((request) => (request.body as Task).task_id);
    expect(first).toBe(second);
    await user.click(await screen.findByRole('button', { name: 'Discard “Refused”' }));
    expect(rows()).toEqual([]);
  });

  it('completes at once, keeps the row for a moment, and counts what is left', async () => {
    const done = { ...milk, status: 'completed', completed_at: milk.created_at, version: 2 };
    const { user } = await open([milk, rent], { 'PATCH /api/tasks/milk': json(200, { task: done }) });
    expect(screen.getByText('2 tasks left')).toBeTruthy();
    await user.click(box('Buy milk'));
    expect(box('Buy milk')).toHaveProperty('checked', true);
    expect(screen.getAllByText('1 task left').length).toBeGreaterThan(0);
    await waitFor(() => expect(rows()).toEqual(['Pay the rent']), { timeout: 2500 });
  });

  it('flips a refused tick back, names the task, and leaves the others alone', async () => {
    const { reply, give } = later();
    const { user } = await open([milk, rent], {
      'PATCH /api/tasks/milk': reply,
      'PATCH /api/tasks/rent': json(200, { task: { ...rent, status: 'completed', version: 2 } }),
    });
    await user.click(box('Buy milk'));
    await user.click(box('Pay the rent'));
    give(problem(422, 'validation_failed'));
    await waitFor(() => expect(box('Buy milk')).toHaveProperty('checked', false));
    expect(
      screen.getAllByText('The change of “Buy milk” was not accepted and has been taken back.').length,
    ).toBeGreaterThan(0);
    await waitFor(() => expect(rows()).toEqual(['Buy milk']), { timeout: 2500 });
  });

  it('sends two fast toggles in order and ends in the last state', async () => {
    const { reply, give } = later();
    const { user, seen } = await open([milk], {
      'PATCH /api/tasks/milk': [reply, json(200, { task: { ...milk, version: 3 } })],
    });
    await user.click(box('Buy milk'));
    await user.click(box('Buy milk'));
    expect(sent(seen, 'PATCH')).toHaveLength(1);
    give(json(200, { task: { ...milk, status: 'completed', version: 2 } }));
    await waitFor(() => expect(sent(seen, 'PATCH')).toHaveLength(2));
    expect(sent(seen, 'PATCH').map((request) => request.body)).toEqual([
      { status: 'completed' },
      { status: 'pending' },
    ]);
    expect(box('Buy milk')).toHaveProperty('checked', false);
  });

  it('deletes without asking, moves the focus on, and brings the task back by Undo', async () => {
    const { user, seen } = await open([milk, rent], {
      'DELETE /api/tasks/milk': noContent(),
      'POST /api/tasks/milk/restore': json(200, { task: { ...milk, version: 3 } }),
    });
    await user.click(screen.getByRole('button', { name: 'Delete Buy milk' }));
    expect(rows()).toEqual(['Pay the rent']);
    expect(document.activeElement).toBe(box('Pay the rent'));
    await user.click(screen.getByRole('button', { name: /^Undo/ }));
    expect(rows()).toEqual(['Buy milk', 'Pay the rent']);
    await waitFor(() => expect(seen.some((request) => request.path.endsWith('/restore'))).toBe(true));
  });

  it('undoes the last step by Ctrl+Z, also out of the empty quick add', async () => {
    const { user } = await open([milk], {
      'DELETE /api/tasks/milk': noContent(),
      'POST /api/tasks/milk/restore': later().reply,
    });
    box('Buy milk').focus();
    await user.keyboard('{Delete}');
    expect(rows()).toEqual([]);
    expect(document.activeElement).toBe(screen.getByLabelText('New task'));
    await user.keyboard('{Control>}z{/Control}');
    expect(rows()).toEqual(['Buy milk']);
  });

  it('changes the text in place by Enter, and undoes it', async () => {
    const { user, seen } = await open([milk], {
      'PATCH /api/tasks/milk': [
        json(200, { task: { ...milk, description: 'Buy oat milk', version: 2 } }),
        json(200, { task: { ...milk, version: 3 } }),
      ],
    });
    box('Buy milk').focus();
    await user.keyboard('{Enter}');
    const field = screen.getByRole('textbox', { name: 'Change the text of Buy milk' });
    await user.clear(field);
    await user.keyboard('{Enter}');
    expect(screen.getByText(/A task needs some words/)).toBeTruthy();
    await user.type(field, 'Buy oat milk{Enter}');
    expect(rows()).toEqual(['Buy oat milk']);
    await waitFor(() => expect(sent(seen, 'PATCH')[0]?.headers.get('If-Match')).toBe('"1"'));
    await waitFor(() => expect(document.activeElement).toBe(box('Buy oat milk')));
    await user.click(screen.getByRole('button', { name: /^Undo/ }));
    expect(rows()).toEqual(['Buy milk']);
  });

  it('restores the old text by Escape', async () => {
    const { user, seen } = await open([milk]);
    box('Buy milk').focus();
    await user.keyboard('{Enter}');
    await user.keyboard('Something else{Escape}');
    expect(rows()).toEqual(['Buy milk']);
    expect(sent(seen, 'PATCH')).toEqual([]);
  });

  it('shows both versions when somebody else changed the same text, and keeps mine on demand', async () => {
    const theirs = { ...milk, description: 'Buy almond milk', version: 5 };
    const { user, seen } = await open([milk], {
      'PATCH /api/tasks/milk': [
        problem(412, 'version_conflict', { task: theirs }),
        json(200, { task: { ...milk, description: 'Mine', version: 6 } }),
      ],
    });
    box('Buy milk').focus();
    await user.keyboard('{Enter}');
    await user.keyboard('Mine{Enter}');
    const dialog = within(await screen.findByRole('dialog', { name: 'Two versions of this task' }));
    expect(dialog.getByText('Buy almond milk')).toBeTruthy();
    expect(dialog.getByText('Mine')).toBeTruthy();
    await user.click(dialog.getByRole('button', { name: 'Keep mine' }));
    await waitFor(() => expect(sent(seen, 'PATCH').at(-1)?.headers.get('If-Match')).toBe('"5"'));
    expect(rows()).toEqual(['Mine']);
  });

  it('takes theirs on demand', async () => {
    const theirs = { ...milk, description: 'Buy almond milk', version: 5 };
    const { user } = await open([milk], {
      'PATCH /api/tasks/milk': problem(412, 'version_conflict', { task: theirs }),
    });
    box('Buy milk').focus();
    await user.keyboard('{Enter}');
    await user.keyboard('Mine{Enter}');
    await user.click(await screen.findByRole('button', { name: 'Take theirs' }));
    expect(rows()).toEqual(['Buy almond milk']);
  });

  it('tells a new list, an empty view and filters without a match apart', async () => {
    const { unmount } = await open([]);
    expect(screen.getByRole('heading', { name: 'A clear page' })).toBeTruthy();
    unmount();
    queryClient.clear();
    const view = await open([milk], {}, '/?view=today');
    expect(screen.getByRole('heading', { name: 'Nothing due today' })).toBeTruthy();
    view.unmount();
    queryClient.clear();
    const { user, where } = await open([milk], {}, '/?q=zebra');
    expect(screen.getByText('Nothing here contains “zebra”.')).toBeTruthy();
    const [clear] = screen.getAllByRole('button', { name: 'Clear filters' });
    if (clear) await user.click(clear);
    expect(rows()).toEqual(['Buy milk']);
    expect(where()).toBe('/');
  });

  it('says what failed and tries again', async () => {
    const { user } = await open([], {
      'GET /api/tasks?limit=50': [
        problem(403, 'forbidden'),
        json(200, { tasks: [milk], next_cursor: null, since: 's1' }),
      ],
    });
    await user.click(await screen.findByRole('button', { name: 'Try again' }));
    await screen.findByText('Buy milk');
  });

  it('writes the search into the address after a pause and says how many were found', async () => {
    const { user, where } = await open([milk, rent]);
    await user.type(screen.getByRole('searchbox'), 'RENT');
    await waitFor(() => expect(where()).toBe('/?q=RENT'));
    expect(rows()).toEqual(['Pay the rent']);
    expect((await screen.findAllByText('1 task found')).length).toBe(2);
  });

  it('gives a task of the view Today its date', async () => {
    const { user, seen } = await open([], { 'POST /api/tasks': later().reply }, '/?view=today');
    await user.type(screen.getByLabelText('New task'), 'Now{Enter}');
    expect(sent(seen, 'POST')[0]?.body).toMatchObject({ due_date: today() });
    expect(rows()).toEqual(['Now']);
  });

  it('says where a new task is when the list on the screen does not show it', async () => {
    const { user, where } = await open([milk], { 'POST /api/tasks': later().reply }, '/?view=completed');
    await user.type(screen.getByLabelText('New task'), 'Later{Enter}');
    await screen.findAllByText('Added “Later”. It is in the inbox.');
    await user.click(screen.getByRole('button', { name: /^Show/ }));
    expect(where()).toBe('/');
    expect(rows()).toEqual(['Later', 'Buy milk']);
  });

  it('moves through the rows by j, k, Home and End', async () => {
    const { user } = await open([milk, rent]);
    (document.activeElement as HTMLElement | null)?.blur();
    await user.keyboard('j');
    expect(document.activeElement).toBe(box('Buy milk'));
    await user.keyboard('j');
    expect(document.activeElement).toBe(box('Pay the rent'));
    await user.keyboard('{Home}');
    expect(document.activeElement).toBe(box('Buy milk'));
    await user.keyboard('{End}k');
    expect(document.activeElement).toBe(box('Buy milk'));
  });

  it('keeps what is being typed for the next visit', async () => {
    const { user, unmount } = await open([milk]);
    await user.type(screen.getByLabelText('New task'), 'Half a thou');
    unmount();
    await open([milk]);
    expect(screen.getByLabelText('New task')).toHaveProperty('value', 'Half a thou');
  });

  it('edits text, date and status in the editor and sends only what differs', async () => {
    const { user, seen } = await open([milk], {
      'PATCH /api/tasks/milk': json(200, { task: { ...milk, status: 'in_progress', version: 2 } }),
    });
    await user.click(screen.getByRole('button', { name: 'Edit Buy milk' }));
    await user.click(await screen.findByRole('radio', { name: 'In progress' }));
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(sent(seen, 'PATCH')[0]?.body).toEqual({ status: 'in_progress' }));
    expect(screen.queryByRole('heading', { name: 'Edit task' })).toBeNull();
  });
});
