import { expect, test } from 'vitest';
import { err, ok } from '#core/result.ts';
import { answerPaths, answerTest } from './form-answers.ts';

const values = { url: 'http://nas:7878' };

test('a test that works says who answered, and what it complains about itself', () => {
  const identity = { product: 'Radarr', version: '6.0.3', warnings: ['No indexers'] };
  expect(answerTest(values, ok(ok(identity)))).toEqual({
    values,
    errors: {},
    tested: { product: 'Radarr', version: '6.0.3', why: 'No indexers' },
  });
});

test('a refused key is said beside the key, a wrong address beside the address', () => {
  expect(answerTest(values, ok(err({ code: 'probe.key-refused' }))).errors).toEqual({
    key: [{ code: 'probe.key-refused', params: {} }],
  });
  expect(answerTest(values, ok(err({ code: 'probe.refused', host: 'nas' }))).errors).toEqual({
    url: [{ code: 'probe.refused', params: { host: 'nas' } }],
  });
});

test('what no field can mend belongs to the whole form, and may be saved all the same', () => {
  expect(answerTest(values, ok(err({ code: 'probe.starting' })))).toMatchObject({
    errors: { '': [{ code: 'probe.starting' }] },
    mayBeSaved: true,
  });
});

test('an address that cannot be used gives its own reason, and may not be saved', () => {
  const refused = answerTest(
    values,
    err({ code: 'connections.bad-address', field: 'url', why: 'address.port' }),
  );
  expect(refused).toEqual({ values, errors: { url: [{ code: 'address.port' }] } });
});

test('a trial of the paths keeps what was typed', () => {
  const trial = { theirs: '/films/a.mkv', ours: '/srv/films/a.mkv', found: false };
  expect(answerPaths(values, ok(ok(trial)))).toEqual({ values, errors: {}, paths: { ok: true, trial } });
});
