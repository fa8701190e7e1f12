import type { Sha256 } from '#core/ids.ts';
import type { MediaStore } from './ports.ts';

export type Located = { is: 'here'; path: string } | { is: 'gone' } | { is: 'store-missing' };

/** Where a program finds the bytes. "The disk is not there" is not "the file is gone". */
export const createLocator =
  (store: Pick<MediaStore, 'sizeOf' | 'pathOf'>) =>
  async (sha256: Sha256): Promise<Located> => {
    const size = await store.sizeOf(sha256);
    if (!size.known) return { is: 'store-missing' };
    return size.value === null ? { is: 'gone' } : { is: 'here', path: store.pathOf(sha256) };
  };
