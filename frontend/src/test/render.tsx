import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { MemoryRouter, useLocation } from 'react-router';

/** Draws `ui` at `path` with a query client of its own. `where()` is the current address. */
export function renderApp(
  ui: ReactNode,
  { path = '/', client = new QueryClient({ defaultOptions: { queries: { retry: false } } }) } = {},
) {
  const address = { current: path };
  const view = render(
    <QueryClientProvider client={client}>
      <MemoryRouter initialEntries={[path]}>
        {ui}
        <Where address={address} />
      </MemoryRouter>
    </QueryClientProvider>,
  );
  return { ...view, user: userEvent.setup(), client, where: () => address.current };
}

function Where({ address }: { address: { current: string } }) {
  const location = useLocation();
  address.current = location.pathname + location.search;
  return null;
}
