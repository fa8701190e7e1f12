import { expect, test } from 'vitest';
import { err, ok } from '#core/result.ts';
import { createAskAgain } from './ask-again.ts';

test('every request server looks once; one that does not is a note and stops nobody', async () => {
  const [asked, notes]: [string[], object[]] = [[], []];
  const server = (name: string, fails: boolean) => ({
    name,
    sync: async () => {
      asked.push(name);
      return fails ? err({ code: 'step.unreachable', reason: 'refused' } as const) : ok(undefined);
    },
  });
  const askAgain = createAskAgain(async () => [server('old', true), server('new', false)], {
    warn: (_what, facts) => void notes.push(facts),
  });
  await askAgain();
  expect(asked).toEqual(['old', 'new']);
  expect(notes).toEqual([{ name: 'old', code: 'step.unreachable', reason: 'refused' }]);
});
