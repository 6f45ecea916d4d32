import { render, screen } from '@testing-library/react';
import { Suspense } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { lazyPage } from './lazyPage';
import { RouteError } from './RouteError';

const reload = vi.fn();

beforeEach(() => {
  reload.mockReset();
  vi.spyOn(location, 'reload').mockImplementation(reload);
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => vi.restoreAllMocks());

function draw(load: Parameters<typeof lazyPage>[0]) {
  const Page = lazyPage(load);
  render(
    <Suspense>
      <RouteError>
        <Page />
      </RouteError>
    </Suspense>,
  );
}

describe('a page in its own chunk', () => {
  it('is shown when it has come', async () => {
    draw(async () => () => <p>Here</p>);
    await screen.findByText('Here');
    expect(reload).not.toHaveBeenCalled();
  });

  it('that was brought beforehand is there at the first drawing', async () => {
    const Page = lazyPage(async () => () => <p>Here</p>);
    await Page.fetch();
    render(<Page />);
    expect(screen.getByText('Here')).toBeDefined();
  });

  it('that could not be brought beforehand is asked for again when it is drawn', async () => {
    const load = vi.fn<Parameters<typeof lazyPage>[0]>(async () => () => <p>Here</p>);
    load.mockRejectedValueOnce(new TypeError('Failed to fetch dynamically imported module: /assets/Home-1.js'));
    const Page = lazyPage(load);
    await Page.fetch();
    render(
      <Suspense>
        <Page />
      </Suspense>,
    );
    await screen.findByText('Here');
    expect(reload).not.toHaveBeenCalled();
  });

  it('that is gone after a deploy loads the site anew, once', async () => {
    const gone = () => Promise.reject(new TypeError('Failed to fetch dynamically imported module: /assets/Home-1.js'));
    draw(gone);
    await vi.waitFor(() => expect(reload).toHaveBeenCalledTimes(1));
    draw(gone);
    await screen.findByRole('heading', { name: 'This page could not be shown' });
    expect(reload).toHaveBeenCalledTimes(1);
  });
});

const state = { broken: false };

function Fragile() {
  if (state.broken) throw new Error('bug');
  return <p>Mended</p>;
}

describe('a page that breaks', () => {
  it('says that the tasks are safe and can be tried again', async () => {
    state.broken = true;
    render(
      <RouteError>
        <Fragile />
      </RouteError>,
    );
    expect(screen.getByText(/tasks are safe/)).toBeDefined();
    state.broken = false;
    screen.getByRole('button', { name: 'Try again' }).click();
    await screen.findByText('Mended');
  });
});
