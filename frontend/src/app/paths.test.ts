import { describe, expect, it } from 'vitest';
import { loginPath, safeNext } from './paths';

describe('safeNext', () => {
  it.each(['/', '/settings', '/?status=completed&q=milk', '/#content'])('keeps the path %s', (path) => {
    expect(safeNext(path)).toBe(path);
  });

  it.each([
    null,
    undefined,
    '',
    'settings',
    '//evil.example',
    '/\\evil.example',
    'https://evil.example/',
    'javascript:alert(1)',
    '/\t/evil.example',
  ])('sends %j to the list', (path) => {
    expect(safeNext(path)).toBe('/');
  });
});

describe('loginPath', () => {
  it('carries where to go afterwards', () => {
    expect(loginPath('/settings?x=1')).toBe('/login?next=%2Fsettings%3Fx%3D1');
  });

  it('says nothing of the list, where everybody goes', () => {
    expect(loginPath('/')).toBe('/login');
  });
});
