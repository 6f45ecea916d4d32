import { afterEach, describe, expect, it } from 'vitest';
import { chooseTheme, theme } from './theme';

afterEach(() => chooseTheme('system'));

describe('chooseTheme', () => {
  it('keeps and shows a choice', () => {
    document.head.innerHTML = '<meta name="theme-color" media="(prefers-color-scheme: light)" content="#ffffff">';
    chooseTheme('dark');
    expect(document.documentElement.dataset.theme).toBe('dark');
    expect(localStorage.getItem('tms.theme')).toBe('dark');
    expect(document.querySelector('meta')?.content).toBe('#151617');
    expect(theme.get()).toBe('dark');
  });

  it('goes back to the device by leaving nothing behind', () => {
    chooseTheme('dark');
    chooseTheme('system');
    expect(document.documentElement.dataset.theme).toBeUndefined();
    expect(localStorage.getItem('tms.theme')).toBeNull();
  });
});
