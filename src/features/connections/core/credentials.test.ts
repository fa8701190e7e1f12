import fc from 'fast-check';
import { expect, test } from 'vitest';
import { joinCredentials, splitCredentials } from './credentials.ts';

test('user and password come back as they were put in, colons of the password too', () =>
  fc.assert(
    fc.property(
      fc.string().filter((user) => !user.includes(':')),
      fc.string(),
      (user, password) => {
        expect(splitCredentials(joinCredentials(user, password))).toEqual({ user, password });
      },
    ),
  ));

test('a key without a colon is a password alone', () => {
  expect(splitCredentials('secret')).toEqual({ user: '', password: 'secret' });
});
