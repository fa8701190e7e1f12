import { expect, test } from 'vitest';
import { changedConnectionForm, firstConnectionForm, newConnectionForm } from './schemas.ts';

const typed = { url: 'http://nas:8080', name: '' };

test('a user name and a password become one secret for programs that have users, and only for those', () => {
  const login = { ...typed, user: 'ana', key: 'se cret:1' };
  expect(newConnectionForm.parse({ ...login, kind: 'qbittorrent' }).key).toBe('ana:se cret:1');
  expect(firstConnectionForm.parse({ ...login, kind: 'transmission' }).key).toBe('ana:se cret:1');
  expect(newConnectionForm.parse({ ...login, kind: 'deluge' }).key).toBe('se cret:1');
  expect(newConnectionForm.parse({ ...login, kind: 'radarr' }).key).toBe('se cret:1');
});

test('a saved login is kept when nothing is typed, and changed only as a whole', () => {
  const saved = { ...typed, kind: 'qbittorrent' };
  expect(changedConnectionForm.parse({ ...saved, user: '', key: '' }).key).toBeUndefined();
  expect(changedConnectionForm.parse({ ...saved, user: 'ana', key: 'new' }).key).toBe('ana:new');
  const half = changedConnectionForm.safeParse({ ...saved, user: 'ana', key: '' });
  expect(half.error?.issues).toMatchObject([{ path: ['key'], message: 'user-needs-password' }]);
  expect(changedConnectionForm.parse({ ...typed, key: 'k' }).key).toBe('k');
});

test('a colon in a user name would move into the password', () => {
  const wrong = newConnectionForm.safeParse({ ...typed, kind: 'qbittorrent', user: 'a:b', key: 'x' });
  expect(wrong.error?.issues).toMatchObject([{ path: ['user'], message: 'user-characters' }]);
});
