import type { Sha256 } from '#core/ids.ts';
import type { DocumentPicture } from '#features/archive/core/media.ts';
import type { MediaText } from '../core/text.ts';
import type { DerivativeRow, DerivativeStore, DocumentPictureStore } from './ports.ts';

export function fakeDerivatives(): DerivativeStore {
  const rows = new Map<string, DerivativeRow & { words: MediaText | null }>();
  const all = () => [...rows.values()];
  return {
    of: async (shas) =>
      all()
        .filter(({ sha256 }) => shas.includes(sha256))
        .map(({ words: _, ...row }) => row),
    save: async (row, words) => void rows.set(`${row.sha256} ${row.kind}`, { ...row, words }),
    texts: async (sha) => all().flatMap(({ sha256, words }) => (sha256 === sha && words ? [words] : [])),
    async forget(sha, kinds) {
      for (const [key, row] of rows)
        if (row.sha256 === sha && (!kinds || kinds.includes(row.kind))) rows.delete(key);
    },
    async outdate(sha, kind) {
      const row = rows.get(`${sha} ${kind}`);
      if (row) rows.set(`${sha} ${kind}`, { ...row, version: 0 });
    },
    async forgetFailed(kind) {
      for (const [key, row] of rows) if (row.kind === kind && row.state.is === 'failed') rows.delete(key);
    },
    after: async (sha, limit) =>
      [...new Set(all().map(({ sha256 }) => sha256))]
        .filter((one) => sha === null || one > sha)
        .sort()
        .slice(0, limit),
    async counts() {
      const of = (is: string) => all().filter(({ state }) => state.is === is).length;
      return { failed: of('failed'), waiting: of('waiting') };
    },
  };
}

export function fakeDocumentPictures(store: DerivativeStore): DocumentPictureStore {
  const kept = new Map<Sha256, readonly DocumentPicture[]>();
  return {
    async of(sha) {
      const isHere = (await store.of([sha])).some(({ kind }) => kind === 'document-pictures');
      return isHere ? (kept.get(sha) ?? []) : [];
    },
    async save(row, pictures, at) {
      await store.save(row, null, at);
      kept.set(row.sha256, pictures);
    },
  };
}

/** A sha that is easy to read in a test: `aSha(1)` ends in 1. */
export const aSha = (number: number): Sha256 => number.toString(16).padStart(64, '0') as Sha256;
