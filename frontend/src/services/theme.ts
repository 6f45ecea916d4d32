import { createStore } from './store';

export type ThemeChoice = 'system' | 'light' | 'dark';

/** The same key and values as public/start.js, which runs before the first paint. */
const kKey = 'tms.theme';
const kPage = { light: '#ffffff', dark: '#151617' } as const;

export const theme = createStore<ThemeChoice>(read());

/** Keeps the choice and shows it at once. */
export function chooseTheme(choice: ThemeChoice): void {
  try {
    if (choice === 'system') localStorage.removeItem(kKey);
    else localStorage.setItem(kKey, choice);
  } catch {
    // Storage may be blocked: the choice lasts as long as the page.
  }
  show(choice);
  theme.set(choice);
}

function show(choice: ThemeChoice): void {
  const root = document.documentElement;
  if (choice === 'system') delete root.dataset.theme;
  else root.dataset.theme = choice;
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    const own = meta.getAttribute('media')?.includes('dark') ? 'dark' : 'light';
    meta.content = kPage[choice === 'system' ? own : choice];
  }
}

function read(): ThemeChoice {
  try {
    const choice = localStorage.getItem(kKey);
    return choice === 'light' || choice === 'dark' ? choice : 'system';
  } catch {
    return 'system';
  }
}
