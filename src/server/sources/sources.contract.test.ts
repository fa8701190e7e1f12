import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Result } from '#core/result.ts';
import type { Block } from '#features/archive/core/content.ts';
import { safeFileName } from '#features/archive/core/file-name.ts';
import type { SourcePost } from '#features/archive/core/post.ts';
import type { Download, DownloadWish, PostPage, RawPost, Source } from '#features/archive/server/ports.ts';
import { folderHarness, patreonHarness, pdfHarness, sessionOf, type Harness } from './harness.fake.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 }); // pictures and films are made when they are first asked for

/** Every plugin passes this. A new one adds its harness to this list. */
const harnesses = [
  ['patreon', patreonHarness],
  ['folder', folderHarness],
  ['pdf', pdfHarness],
] as const;

const never = new AbortController().signal;
const gone = AbortSignal.abort();

function valueOf<T>(result: Result<T, unknown>): T {
  if (result.ok) return result.value;
  throw new Error(JSON.stringify(result.error));
}
const codeOf = (result: Result<unknown, { code: string }>): string => (result.ok ? 'ok' : result.error.code);

describe.each(harnesses)('%s', (id, open) => {
  let harness: Harness;
  let source: Source;
  let workFolder: string;
  beforeAll(async () => {
    harness = await open();
    source = harness.plugin.open(sessionOf(harness.plugin, harness.credentials));
    workFolder = await mkdtemp(join(tmpdir(), 'keepercheky-work-'));
  }, 60_000);
  afterAll(async () => {
    source.close();
    await harness.close();
    await rm(workFolder, { recursive: true });
  });

  const read = (raw: RawPost): SourcePost => valueOf(harness.plugin.read(raw));

  async function listed(): Promise<RawPost[]> {
    const all: RawPost[] = [];
    for await (const page of source.posts(harness.creatorId, never)) all.push(...valueOf(page).posts);
    return all;
  }

  async function wish(more: Partial<DownloadWish> = {}): Promise<DownloadWish> {
    const { postId, mediaId } = harness.file;
    const post = read(valueOf(await source.post(postId, never)));
    const media = post.media.find(({ externalId }) => externalId === mediaId);
    if (!media) throw new Error(`${postId} has no ${mediaId}`);
    return { creatorId: harness.creatorId, postId, media, fromByte: 0, validator: null, workFolder, ...more };
  }

  const bytes = (download: Download): Promise<Buffer> => buffer(download.body);

  test('says of itself what pages need, and refuses an empty form beside a field of its own', () => {
    const { plugin } = harness;
    expect(plugin.id).toBe(id);
    expect(plugin.id).toMatch(/^[a-z]+$/);
    expect(plugin.parserVersion).toBeGreaterThan(0);
    const names = plugin.credentialFields.map(({ name }) => name);
    const refused = plugin.readCredentials({});
    expect(refused.ok).toBe(false);
    for (const { field, code } of refused.ok ? [] : refused.error) {
      expect(names).toContain(field);
      expect(code).toMatch(/^[a-z-]+$/);
    }
    const given = valueOf(plugin.readCredentials(harness.credentials));
    expect(plugin.readCredentials(given)).toEqual({ ok: true, value: given });
  });

  test('knows whose sign-in it is, and whom it may read', async () => {
    expect(valueOf(await source.check(never)).name).not.toBe(''); // none is no empty name
    const creators = valueOf(await source.creators(never));
    expect(creators.map(({ externalId }) => externalId)).toContain(harness.creatorId);
  });

  test('lists every post once, newest first, over several pages', async () => {
    const pages: PostPage[] = [];
    for await (const page of source.posts(harness.creatorId, never)) pages.push(valueOf(page));
    expect(pages.length).toBeGreaterThan(1);
    const posts = pages.flatMap((page) => page.posts);
    const ids = posts.map(({ externalId }) => externalId);
    expect(new Set(ids).size).toBe(ids.length);
    const dates = posts.map((raw) => read(raw).publishedAt.getTime());
    expect(dates).toEqual([...dates].sort((a, b) => b - a));
  });

  test('a listing that was left begins again at the newest', async () => {
    for await (const page of source.posts(harness.creatorId, never)) {
      expect(page.ok).toBe(true);
      break;
    }
    const again = await listed();
    expect(again.map(({ externalId }) => externalId)).toEqual(
      (await listed()).map(({ externalId }) => externalId),
    );
  });

  test('what a list names can be read whole under the same id', async () => {
    for (const { externalId } of (await listed()).slice(0, 5)) {
      const raw = valueOf(await source.post(externalId, never));
      expect(raw.externalId).toBe(externalId);
      expect(read(raw).externalId).toBe(externalId);
    }
  });

  test('reading is pure, what was answered survives as JSON, and a database can keep it', async () => {
    for (const raw of await listed()) {
      const text = JSON.stringify(raw);
      const kept = JSON.parse(text) as RawPost;
      expect(kept).toEqual(raw);
      expect(read(kept)).toEqual(read(raw));
      expect(text).not.toMatch(/\\u0000|\\ud[89a-f]/i);
    }
  });

  test('a post names each media once, and its blocks and captions only those', async () => {
    for (const raw of await listed()) {
      const post = read(raw);
      const ids = post.media.map(({ externalId }) => externalId);
      expect(new Set(ids).size).toBe(ids.length);
      for (const media of mediaIn(post.blocks)) expect(ids).toContain(media);
      for (const { of } of post.media) if (of !== null) expect(ids).toContain(of);
    }
  });

  test('nonsense is an unreadable post and no crash', () => {
    for (const raw of [null, 7, 'x', [], {}, { data: 1 }, { data: { type: 'post' } }, { path: 3 }])
      expect(codeOf(harness.plugin.read({ externalId: 'x', raw }))).toBe('source.unreadable-post');
  });

  test('collections are in the order of their creator, and comments oldest first', async () => {
    for (const collection of valueOf(await source.collections(harness.creatorId, never)))
      expect(new Set(collection.postIds).size).toBe(collection.postIds.length);
    const commented = (await listed())
      .map(read)
      .find(({ commentCount, locked }) => commentCount > 2 && !locked);
    const comments = valueOf(await source.comments(commented?.externalId ?? harness.file.postId, never));
    const dates = comments.map(({ createdAt }) => createdAt.getTime());
    expect(dates).toEqual([...dates].sort((a, b) => a - b));
    expect(comments.length).toBe(commented?.commentCount ?? 0);
  });

  test('products are posts of their own kind and can be read by their id', async () => {
    for (const raw of valueOf(await source.products(harness.creatorId, never))) {
      expect(read(raw)).toMatchObject({ externalId: raw.externalId, kind: 'product', locked: false });
      expect(read(valueOf(await source.post(raw.externalId, never))).externalId).toBe(raw.externalId);
    }
  });

  test('a file comes whole, with its size when the host knows it', async () => {
    const download = valueOf(await source.download(await wish(), never));
    const got = await bytes(download);
    expect(download.fromByte).toBe(0);
    expect(got.length).toBeGreaterThan(100);
    expect(download.sizeBytes ?? got.length).toBe(got.length);
    const name = safeFileName(download.fileName, 'file');
    expect(name).not.toMatch(/[/\\\0]/);
  });

  test('it goes on where it was left, with the proof that it is the same file', async () => {
    const first = valueOf(await source.download(await wish(), never));
    const whole = await bytes(first);
    const rest = valueOf(
      await source.download(await wish({ fromByte: 50, validator: first.validator }), never),
    );
    expect(rest.fromByte).toBe(50);
    expect(rest.sizeBytes).toBe(whole.length);
    expect(await bytes(rest)).toEqual(whole.subarray(50));
  });

  test.each(['"of another file"', null])('with the proof %j it begins anew', async (validator) => {
    const download = valueOf(await source.download(await wish({ fromByte: 50, validator }), never));
    expect(download.fromByte).toBe(0);
    expect((await bytes(download)).length).toBeGreaterThan(100);
  });

  test('media that its post does not name is not fetched', async () => {
    const { media, ...rest } = await wish();
    for (const externalId of ['nobody', '../../etc/passwd', 'pictures/way-out.txt', '/etc/passwd']) {
      const answer = await source.download({ ...rest, media: { ...media, externalId } }, never);
      expect(['source.not-found', 'source.forbidden']).toContain(codeOf(answer));
    }
  });

  test('a creator has pictures of the same version each time they are told of, and they come whole', async () => {
    const told = async () => {
      const creators = valueOf(await source.creators(never));
      const creator = creators.find(({ externalId }) => externalId === harness.creatorId);
      return { avatar: creator?.avatar ?? null, cover: creator?.cover ?? null };
    };
    const first = await told();
    await harness.passTime();
    const second = await told();
    for (const role of ['avatar', 'cover'] as const) {
      expect(second[role]?.version).toBe(first[role]?.version);
      const download = valueOf(await source.picture(second[role]?.address ?? '', never));
      const got = await bytes(download);
      expect(got.length).toBeGreaterThan(100);
      expect(download.sizeBytes ?? got.length).toBe(got.length);
    }
  });

  test('a picture is fetched from nowhere else', async () => {
    const elsewhere = ['http://192.168.1.1/face.jpg', 'https://example.org/face.jpg'];
    for (const address of [...elsewhere, 'file:///etc/passwd', '/etc/passwd', '../secret.txt', ''])
      expect(['download.unsupported-host', 'source.not-found', 'source.forbidden'], address).toContain(
        codeOf(await source.picture(address, never)),
      );
  });

  test('whoever left gets no answer', async () => {
    expect(codeOf(await source.check(gone))).toBe('source.aborted');
    expect(codeOf(await source.creators(gone))).toBe('source.aborted');
    expect(codeOf(await source.post(harness.file.postId, gone))).toBe('source.aborted');
    expect(codeOf(await source.collections(harness.creatorId, gone))).toBe('source.aborted');
    expect(codeOf(await source.products(harness.creatorId, gone))).toBe('source.aborted');
    expect(codeOf(await source.comments(harness.file.postId, gone))).toBe('source.aborted');
    expect(codeOf(await source.download(await wish(), gone))).toBe('source.aborted');
    const [creator] = valueOf(await source.creators(never));
    expect(codeOf(await source.picture(creator?.avatar?.address ?? '', gone))).toBe('source.aborted');
    for await (const page of source.posts(harness.creatorId, gone))
      expect(codeOf(page)).toBe('source.aborted');
  });

  test('a post that is not there is not found', async () => {
    expect(codeOf(await source.post('404404404', never))).toBe('source.not-found');
  });

  test('a refusal is never an empty list', async () => {
    const asked = await wish();
    await harness.refuse();
    try {
      const { creatorId, file } = harness;
      const codes = await Promise.all([
        source.check(never).then(codeOf),
        source.creators(never).then(codeOf),
        source.post(file.postId, never).then(codeOf),
        lastOf(source.posts(creatorId, never)),
      ]);
      for (const code of codes) expect(code).toMatch(/^source\./);
      if (harness.plugin.capabilities.includes('collections'))
        expect(codeOf(await source.collections(creatorId, never))).toMatch(/^source\./);
      if (harness.plugin.capabilities.includes('comments'))
        expect(codeOf(await source.comments(file.postId, never))).toMatch(/^source\./);
      if (harness.plugin.capabilities.includes('products'))
        expect(codeOf(await source.products(creatorId, never))).toMatch(/^source\./);
      const fresh = harness.plugin.open(sessionOf(harness.plugin, harness.credentials));
      expect(codeOf(await fresh.download(asked, never))).not.toBe('ok');
      fresh.close();
    } finally {
      await harness.allow();
    }
    expect(codeOf(await source.check(never))).toBe('ok');
  });

  test('the sign-in was seen by nobody but the source', () => {
    expect(harness.leaks()).toEqual([]);
  });

  test('a source that was closed asks nothing any more', async () => {
    const session = sessionOf(harness.plugin, harness.credentials);
    const closed = harness.plugin.open(session);
    closed.close();
    await closed.check(never);
    expect(session.questions()).toBe(0);
  });
});

async function lastOf(pages: AsyncIterable<Result<PostPage, { code: string }>>): Promise<string> {
  let last = 'nothing';
  for await (const page of pages) last = codeOf(page);
  return last;
}

function* mediaIn(blocks: readonly Block[]): Generator<string> {
  for (const block of blocks) {
    if ('media' in block) yield* typeof block.media === 'string' ? [block.media] : block.media;
    if (block.type === 'list') yield* mediaIn(block.items.flat());
    if (block.type === 'quote') yield* mediaIn(block.blocks);
  }
}
