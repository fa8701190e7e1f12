import { expect, test } from 'vitest';
import type { Sha256 } from '#core/ids.ts';
import type { ShownMedia } from '../../core/reading/shown.ts';
import { createReadingService } from './reading.service.ts';
import type { ReadingStore } from './reading.ports.ts';
import { aSha } from './shelf.fake.ts';

const transcript = { language: 'es', segments: [{ fromMs: 0, toMs: 900, text: 'Hola' }] };

test('the words of a post are those of its captions, each file asked for once', async () => {
  const asked: Sha256[] = [];
  const reading = createReadingService({
    store: {} as ReadingStore,
    looks: async () => new Map(),
    transcriptOf: async (sha) => {
      asked.push(sha);
      return sha === aSha(1) ? transcript : null;
    },
    picturesIn: async () => [],
    readRaw: () => null,
    clock: { now: () => new Date() },
  });
  const place = (role: ShownMedia['role'], sha256: Sha256 | null) => ({ role, sha256 }) as ShownMedia;
  const media = [
    place('captions', aSha(1)),
    place('captions', aSha(1)),
    place('captions', aSha(2)),
    place('captions', null),
    place('main', aSha(3)),
  ];
  expect([...(await reading.transcripts({ media }))]).toEqual([[aSha(1), transcript]]);
  expect(asked).toEqual([aSha(1), aSha(2)]);
});
