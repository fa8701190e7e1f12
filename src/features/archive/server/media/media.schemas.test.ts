import { expect, test } from 'vitest';
import { parseForm } from '#ui/form.ts';
import { mediaSettingsForm } from './media.schemas.ts';

function read(fields: Record<string, string>) {
  const data = new FormData();
  const usual = { reserve: '2', orphanDays: '30', verifySpeed: '20' };
  for (const [name, value] of Object.entries({ ...usual, ...fields })) data.set(name, value);
  return parseForm(data, mediaSettingsForm);
}

test('gigabytes and megabytes are read as people write them, with a comma too', () => {
  expect(read({ reserve: ' 1,5 ', verifySpeed: '12.5' })).toMatchObject({
    ok: true,
    value: { reserveBytes: 1_500_000_000, orphanDays: 30, verifyBytesPerSecond: 12_500_000 },
  });
});

test.each([
  ['reserve', 'plenty', 'not-a-number'],
  ['reserve', '0', 'too-small'],
  ['reserve', '', 'required'],
  ['orphanDays', '0', 'too-small'],
  ['orphanDays', '1.5', 'not-whole'],
  ['verifySpeed', '99999', 'too-big'],
])('%s as "%s" is a mistake beside its field', (name, value, code) => {
  expect(read({ [name]: value })).toMatchObject({ ok: false, state: { errors: { [name]: [{ code }] } } });
});
