import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import sharp from 'sharp';
import { wordsOf } from './document.ts';
import { make } from './media/make.ts';
import { openMediaStore } from './media/store.ts';
import type { Picture, Recipe } from './media/recipes.ts';
import { seedPatronage } from './seed.ts';

const now = new Date('2026-11-20T12:00:00Z');
const patronage = seedPatronage({ now });
const posts = patronage.creators.flatMap((creator) => creator.posts);
const media = posts.flatMap((post) => post.media);

const words = (text: string): string[] => text.toLowerCase().match(/\p{L}{4,}/gu) ?? [];
const temporary = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'patreon-seed-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
};

test('the same seed gives the same creators, another one others', () => {
  expect(seedPatronage({ now })).toEqual(patronage);
  expect(seedPatronage({ now, seed: 2 }).creators[0]?.posts[0]?.title).not.toBe(posts[0]?.title);
});

test('three creators wrote 400 posts in two languages, and no title twice', () => {
  expect(patronage.creators.map((creator) => creator.posts.length)).toEqual([150, 140, 110]);
  expect(new Set(posts.map(({ title }) => title)).size).toBe(400);
  for (const language of ['es', 'en']) {
    expect(posts.filter((post) => post.language === language).length).toBeGreaterThan(150);
  }
});

test('every post has paragraphs worth searching, without a slot left open', () => {
  for (const { body, title } of posts) {
    const text = wordsOf(body);
    expect(text.split('\n').length).toBeGreaterThanOrEqual(4);
    expect(words(text).length).toBeGreaterThan(50);
    expect(`${title ?? ''} ${text}`).not.toMatch(/\{\w+\}|\b[Dd]e el \p{L}|\b[Aa] el \p{L}/u);
  }
  expect(new Set(posts.flatMap(({ body }) => words(wordsOf(body)))).size).toBeGreaterThan(3_000);
});

test('each topic has posts of its own, told apart by whom they name', () => {
  const byTopic = Map.groupBy(posts, ({ topic }) => topic);
  expect(byTopic.size).toBe(50);
  for (const about of byTopic.values()) expect(about.length).toBeGreaterThanOrEqual(5);
});

test('nothing is older than its creator or younger than now, and numbers grow with time', () => {
  for (const { createdAt, posts: own } of patronage.creators) {
    for (const { publishedAt, comments } of own) {
      expect(publishedAt > createdAt && publishedAt < patronage.now).toBe(true);
      for (const comment of comments) expect(comment.createdAt < patronage.now).toBe(true);
    }
    const ids = own.map(({ id }) => Number(id));
    expect(ids).toEqual(ids.toSorted((one, other) => one - other));
  }
  const all = [...posts.map(({ id }) => id), ...media.map(({ id }) => id)];
  expect(new Set(all).size).toBe(all.length);
});

test('many files are one file under several numbers', () => {
  const recipes = new Set(media.map(({ file }) => JSON.stringify(file)));
  expect(recipes.size).toBeLessThan(media.length / 2);
});

test('a recipe gives the same bytes in every folder', async () => {
  const wanted = ['picture', 'pdf', 'zip'].map((kind) => media.find(({ file }) => file.kind === kind)?.file);
  const [here, there] = [openMediaStore(await temporary()), openMediaStore(await temporary())];
  for (const recipe of wanted) {
    if (!recipe) throw new Error('the seed has no such file');
    const bytes = await here.bytes(recipe);
    expect(bytes?.equals((await there.bytes(recipe)) ?? Buffer.alloc(0))).toBe(true);
    expect(bytes?.length).toBe(await here.size(recipe));
  }
});

const aPicture = (more: Partial<Picture> = {}): Picture => ({
  kind: 'picture',
  motif: 'map',
  seed: 3,
  width: 640,
  height: 480,
  format: 'jpeg',
  ...more,
});

test('a PDF has several pages, text with accents, pictures below it, and one where it was scanned', async () => {
  const paragraphs = Array.from(
    { length: 40 },
    (_, index) => `Párrafo ${String(index)}: la muñequilla «y» (el barniz) – añil.`,
  );
  const { files } = await make({
    kind: 'pdf',
    title: 'Barniz',
    paragraphs,
    pictures: [aPicture(), aPicture({ format: 'png' })],
    scannedPages: 2,
  });
  const pdf = files['file'] ?? Buffer.alloc(0);
  const text = pdf.toString('latin1');
  expect(text).toContain('(Párrafo 0: la muñequilla «y» \\(el barniz\\) \x96 añil.)');
  expect(text.match(/\/Type \/Page /g)?.length).toBeGreaterThanOrEqual(5);
  const firstJpeg = pdf.indexOf(Buffer.from([0xff, 0xd8, 0xff]));
  expect(await sharp(pdf.subarray(firstJpeg)).metadata()).toMatchObject({ format: 'jpeg', width: 640 });
  const scan = pdf.subarray(pdf.lastIndexOf(Buffer.from([0xff, 0xd8, 0xff])));
  expect(await sharp(scan).metadata()).toMatchObject({ format: 'jpeg', width: 620, channels: 1 });
  expect(text.match(/\/Width 640 \/Height 480/g)).toHaveLength(2);
});

test('what is small to send is enormous once opened', async () => {
  const bomb = async (of: 'picture' | 'zip'): Promise<Buffer> => {
    const recipe: Recipe = { kind: 'bomb', of };
    return (await make(recipe)).files['file'] ?? Buffer.alloc(0);
  };
  const picture = await bomb('picture');
  expect(picture.length).toBeLessThan(100_000);
  expect(await sharp(picture, { limitInputPixels: false }).metadata()).toMatchObject({
    width: 12_000,
    height: 12_000,
  });
  expect((await bomb('zip')).length).toBeLessThan(100_000);
});
