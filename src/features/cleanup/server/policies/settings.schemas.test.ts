import { expect, test } from 'vitest';
import { parseForm } from '#ui/form.ts';
import { weightsForm } from './settings.schemas.ts';

function post(size: string) {
  const data = new FormData();
  for (const [name, value] of Object.entries({ size, unwatched: '1', rating: '1', rarity: '0' })) {
    data.append(name, value);
  }
  return parseForm(data, weightsForm);
}

test('a weight may have a comma', () => {
  expect(post('1,5')).toMatchObject({ ok: true, value: { valueWeights: { size: 1.5, rarity: 0 } } });
});

test.each(['', 'much', '-1', '3,5'])('the weight “%s” is told beside its field', (typed) => {
  const form = post(typed);
  expect(form.ok ? {} : form.state.errors).toEqual({ size: [{ code: 'settings.weight-out-of-range' }] });
});
