import { fieldsOf, listIn, textIn } from '../shared/fields.ts';
import type { Document } from './document.ts';
import { nothingKnown, type FoundMedia } from './media.ts';

/** What a stream says of its words, kept among what came along with the post: the answer itself does not tell it. */
export const STREAM_WORDS = 'stream-words';

/** The words of a film in each of its languages. */
export function streamCaptions(document: Document, { media: film, at }: FoundMedia): FoundMedia[] {
  if (at.via !== 'stream') return [];
  const told = document.find({ type: STREAM_WORDS, id: film.externalId });
  const ids = new Set<string>();
  return listIn(told?.attributes ?? {}, 'words').map((value) => {
    const words = { language: textIn(fieldsOf(value), 'language'), name: textIn(fieldsOf(value), 'name') };
    const externalId = unusedId(ids, `${film.externalId}-captions-${words.language ?? 'und'}`);
    return {
      media: {
        ...nothingKnown,
        externalId,
        kind: 'file',
        role: 'captions',
        mimeType: 'text/vtt',
        caption: words.name,
        of: film.externalId,
        language: words.language,
      },
      at: { via: 'stream-words', url: at.url, words },
    };
  });
}

/** Two in one language: one of them is for those who do not hear. */
function unusedId(used: Set<string>, wanted: string): string {
  let id = wanted;
  for (let number = 2; used.has(id); number += 1) id = `${wanted}-${number}`;
  used.add(id);
  return id;
}
