import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { hasSound } from '../../tools/seed/patreon/media/programs.ts';
import type { Post } from '../../tools/seed/patreon/patronage.ts';
import { spoken } from '../../tools/simulators/openai/recordings.ts';
import { openArchive } from './archive-house.ts';
import { openBesideModels } from './model-house.ts';
import { otherWordsFor, saidIn } from './said-otherwise.ts';
import { openPage } from './support.ts';

type Found = { items: { id: string; passages: { part: string; href: string }[] }[]; layers: string[] };

const patience = { timeout: 30_000 };

/** Nobody wrote down what is said in it, and there are other words for what it is about. */
const isUncaptioned = (post: Post): boolean =>
  post.postType === 'podcast' &&
  post.media.filter(({ role }) => role === 'audio').length === 1 &&
  post.media.every(({ role, hasTranscript }) => role !== 'audio' || !hasTranscript) &&
  saidIn(post, 'speech').length > 2 &&
  otherWordsFor(post).length === 3;

const open = () =>
  openBesideModels(
    () => openArchive({ podcast: isUncaptioned }),
    ({ seeded: { podcast } }) => ({ recordings: [spoken(podcast.language, saidIn(podcast, 'speech'))] }),
  );

describe.skipIf(!(await hasSound()))('a sentence of a podcast that nobody wrote down', () => {
  let stage: Awaited<ReturnType<typeof open>>;
  let sentence: string;
  let otherwise: string;

  const ask = (q: string, mode: string) =>
    stage.house.api.get<Found>(`/search?q=${encodeURIComponent(q)}&mode=${mode}`);
  const ours = ({ items }: Found) => items.find(({ id }) => id === stage.house.posts.podcast.id);

  beforeAll(async () => {
    stage = await open();
    const { podcast } = stage.house.seeded;
    sentence = (saidIn(podcast, 'speech')[2] ?? '').replaceAll(/["“”«»]/g, '');
    otherwise = otherWordsFor(podcast).join(' ');
    expect(ours(await ask(`"${sentence}" in:transcript`, 'words'))).toBeUndefined();
    await stage.listen();
    await vi.waitUntil(async () => ours(await ask(`"${sentence}" in:transcript`, 'words')), {
      timeout: 120_000,
      interval: 500,
    });
    await stage.embed();
  }, 500_000);
  afterAll(() => stage.close());

  test('is found by its meaning, with words that are never said in it', async () => {
    expect(ours(await ask(`${otherwise} in:transcript`, 'words'))).toBeUndefined();
    const answer = await ask(`${otherwise} in:transcript`, 'meaning');
    expect(answer.layers).toEqual(['meaning']);
    expect(ours(answer)?.passages[0]?.href).toMatch(/#said-/);
  });

  describe.each([
    { javaScriptEnabled: true, locale: 'en-GB', colorScheme: 'light', width: 1280 },
    { javaScriptEnabled: false, locale: 'es-ES', colorScheme: 'dark', width: 390 },
  ] as const)('with JavaScript: $javaScriptEnabled, in $locale', ({ width, ...options }) => {
    const label = options.locale === 'en-GB' ? /Transcript · \d+:\d\d/ : /Transcripción · \d+:\d\d/;

    test.each(['words', 'meaning'] as const)(
      'found by its %s, it opens and plays at its second',
      async (mode) => {
        const { browser, house } = stage;
        const query = mode === 'words' ? `"${sentence}"` : otherwise;
        const path = `/search?mode=${mode}&q=${encodeURIComponent(`${query} in:transcript`)}`;
        const { context, page, complaints } = await openPage(browser, house.address, path, {
          ...options,
          viewport: { width, height: 844 },
        });
        const link = page
          .locator(`a.passage[href^="/archive/posts/${house.posts.podcast.id}#said-"]`)
          .first();
        expect(await link.textContent()).toMatch(label);
        await link.click();
        await page.waitForURL(/#said-.*-\d+$/);
        const second = Number(/-(\d+)$/.exec(page.url())?.[1]) / 1000;
        const line = page.locator('.transcript li:target');
        await expect.poll(() => line.isVisible(), patience).toBe(true);
        if (mode === 'words') {
          expect(second).toBeGreaterThan(1);
          expect((await line.textContent())?.replaceAll(/["“”«»]/g, '')).toContain(sentence);
        }
        if (options.javaScriptEnabled) {
          const audio = page.locator('audio').first();
          const at = () => audio.evaluate((one) => (one as HTMLAudioElement).currentTime);
          await expect.poll(at, patience).toBeCloseTo(second, 0);
          await page.locator('.player button').first().click();
          await expect.poll(at, patience).toBeGreaterThan(second + 0.3);
          const { violations } = await new AxeBuilder({ page }).analyze();
          const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
          expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
        } else {
          const href = (await line.getByRole('link').getAttribute('href')) ?? '';
          expect(href).toMatch(/^\/api\/v1\/media-files\/[0-9a-f]{64}#t=/);
          expect(Number(href.split('#t=')[1])).toBe(second);
          const sound = await page.request.get(house.address + href, { headers: { range: 'bytes=0-99' } });
          expect(sound.status()).toBe(206);
        }
        expect(complaints).toEqual([]);
        await context.close();
      },
    );
  });
});
