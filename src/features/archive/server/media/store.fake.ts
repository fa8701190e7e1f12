import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { known, unknown } from '#core/fact.ts';
import type { Sha256 } from '#core/ids.ts';
import { err, ok } from '#core/result.ts';
import { kindOfType, typeOfText, UNKNOWN_TYPE } from '../../core/media-type.ts';
import type { StoreMissing } from '../../core/media-store.ts';
import type { MediaStore, Parts, Received, ReceiveProblem, ReceiveWish } from './ports.ts';

/** In memory. `lose` is a disk that is not mounted, `freeBytes` can be set. */
export function fakeMediaStore({ freeBytes = 1e12 } = {}) {
  const files = new Map<Sha256, { bytes: Buffer; placedAt: Date }>();
  const held = new Map<string, { bytes: Buffer; validator: string | null }>();
  let why: StoreMissing | null = null;
  let free = freeBytes;
  const gone = () => (why === null ? null : ({ code: 'store.missing', path: '/media', why } as const));

  const received = (key: string, bytes: Buffer): Received => {
    const mimeType = typeOfText(bytes) ?? UNKNOWN_TYPE;
    const sha256 = createHash('sha256').update(bytes).digest('hex') as Sha256;
    return {
      sha256,
      sizeBytes: bytes.length,
      mimeType,
      kind: kindOfType(mimeType),
      async place({ replace = false } = {}) {
        const problem = gone();
        if (problem) return err(problem);
        if (replace || files.get(sha256)?.bytes.length !== bytes.length)
          files.set(sha256, { bytes, placedAt: new Date() });
        held.delete(key);
        return ok(undefined);
      },
      discard: async () => void held.delete(key),
    };
  };

  /** What a chunk makes impossible. */
  const refusal = (chunk: Buffer, bytes: Buffer, mostBytes: number | null): ReceiveProblem | null => {
    if (chunk.length > free) return { code: 'store.full', path: '/media', freeBytes: free };
    const isTooLarge = mostBytes !== null && bytes.length > mostBytes;
    return isTooLarge ? { code: 'store.too-large', limitBytes: mostBytes } : null;
  };

  async function collect(body: Readable, { signal, mostBytes = null, part, onBytes }: ReceiveWish) {
    const { key, fromByte, validator } = part;
    let bytes = held.get(key)?.bytes.subarray(0, fromByte) ?? Buffer.alloc(0);
    try {
      for await (const chunk of body as AsyncIterable<Buffer>) {
        signal.throwIfAborted();
        bytes = Buffer.concat([bytes, chunk]);
        held.set(key, { bytes, validator });
        onBytes?.(bytes.length);
        const refused = refusal(chunk, bytes, mostBytes);
        if (refused && held.delete(key)) return refused;
      }
      held.set(key, { bytes, validator });
      return null;
    } catch (broken) {
      if (validator === null) held.delete(key);
      throw broken;
    }
  }

  const store: MediaStore = {
    state: async () =>
      why === null
        ? { is: 'ready', path: '/media', freeBytes: free, totalBytes: 1e12 }
        : { is: 'missing', path: '/media', why },
    async receive(body, wish) {
      const problem = gone();
      if (problem) return err(problem);
      const { key } = wish.part;
      const refused = await collect(body, wish);
      return refused ? err(refused) : ok(received(key, held.get(key)?.bytes ?? Buffer.alloc(0)));
    },
    pathOf: (sha256) => `/media/sha256/${sha256}`,
    async open(sha256, range) {
      const found = files.get(sha256);
      if (!found || why !== null) return null;
      const bytes = range ? found.bytes.subarray(range.first, range.last + 1) : found.bytes;
      return { body: Readable.from([bytes]), sizeBytes: found.bytes.length };
    },
    sizeOf: async (sha256) => (why === null ? known(files.get(sha256)?.bytes.length ?? null) : unknown(why)),
    async remove(sha256) {
      const problem = gone();
      return problem ? err(problem) : ok(files.delete(sha256));
    },
    async *list() {
      for (const [sha256, { bytes, placedAt }] of files) yield { sha256, sizeBytes: bytes.length, placedAt };
    },
  };

  const parts: Parts = {
    async find(key) {
      const part = held.get(key);
      return part?.validator && part.bytes.length > 0
        ? { bytes: part.bytes.length, validator: part.validator }
        : { bytes: 0, validator: null };
    },
    forget: async (key) => void held.delete(key),
    withWorkFolder: (key, work) => work(`/media/incoming/${key}.work`),
    clean: async () => 0,
  };

  return {
    store,
    parts,
    lose: (reason: StoreMissing | null) => void (why = reason),
    fill: (bytes: number) => void (free = bytes),
    /** Bits that turn by themselves. */
    rot: (sha256: Sha256, bytes: Buffer) => void files.set(sha256, { bytes, placedAt: new Date() }),
    read: async (sha256: Sha256) => {
      const opened = await store.open(sha256);
      return opened && buffer(opened.body);
    },
  };
}
