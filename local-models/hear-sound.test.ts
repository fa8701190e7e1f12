import { expect, test } from 'vitest';
import { hearSound, type Wishes } from './hear-sound.ts';
import type { HeardWindow, Window } from './hear-window.ts';

const RATE = 16_000;

/** A sound of some seconds, silent but for some of them. */
function aSound(durationS: number, isLoud: (second: number) => boolean = () => true) {
  const whole = Float32Array.from({ length: durationS * RATE }, (_, at) => (isLoud(at / RATE) ? 0.5 : 0));
  const between = async (fromS: number, toS: number) => whole.slice(fromS * RATE, toS * RATE);
  return { durationS, between };
}

const heard = (text: string, over: Partial<HeardWindow> = {}): HeardWindow => ({
  language: 'es',
  noSpeech: 0.01,
  certainty: -0.2,
  segments: [{ fromS: 1, toS: 2, text, tokens: [7] }],
  advanceS: 30,
  ...over,
});

async function listen(
  sound: ReturnType<typeof aSound>,
  answers: readonly HeardWindow[],
  wishes: Wishes = { language: null, prompt: '' },
) {
  const asked: { window: Window; left: number }[] = [];
  const told = await hearSound(sound, wishes, async (window, left) => {
    asked.push({ window, left });
    return answers[asked.length - 1] ?? heard('');
  });
  return { ...told, asked };
}

test('a window begins where the last one stopped understanding, and times are of the whole sound', async () => {
  const { segments, asked } = await listen(aSound(40), [heard('a', { advanceS: 20 }), heard('b')]);
  expect(segments.map(({ fromS, toS, text }) => [fromS, toS, text])).toEqual([
    [1, 2, 'a'],
    [21, 22, 'b'],
  ]);
  expect(asked.map(({ window }) => window.samples.length / RATE)).toEqual([30, 20]);
  expect(asked.map(({ left }) => left)).toEqual([2, 1]);
});

test('nobody is asked about silence', async () => {
  const { segments, asked } = await listen(
    aSound(70, (second) => second > 60),
    [heard('late')],
  );
  expect(asked).toHaveLength(1);
  expect(segments).toMatchObject([{ fromS: 61, windowS: 60 }]);
  expect(
    await listen(
      aSound(10, () => false),
      [],
    ),
  ).toMatchObject({ language: null, segments: [] });
});

test('the language is that of the first window in which something is said', async () => {
  const answers = [heard(' ', { language: 'ja' }), heard('hola'), heard('hello', { language: 'en' })];
  const { language, asked } = await listen(aSound(90), answers);
  expect(language).toBe('es');
  expect(asked.map(({ window }) => window.language)).toEqual([null, null, 'es']);
  const told = await listen(aSound(30), answers, { language: 'en', prompt: 'KeeperCheky' });
  expect(told.language).toBe('en');
  expect(told.asked[0]?.window).toMatchObject({ language: 'en', prompt: 'KeeperCheky' });
});

test('what is unsure and says itself that nobody speaks is left out; one of both is not enough', async () => {
  const answers = [
    heard('made up', { noSpeech: 0.9, certainty: -1.6 }),
    heard('mumbled', { certainty: -1.6 }),
    heard('over music', { noSpeech: 0.9 }),
  ];
  const { segments } = await listen(aSound(90), answers);
  expect(segments.map(({ text }) => text)).toEqual(['mumbled', 'over music']);
});
