import type { Replay } from '#features/archive/server/index.ts';

/** For the person at the terminal: what was read anew, and what could not be. */
export function replayReport(replays: readonly Replay[]): string {
  const told = replays.filter(({ before, read }) => before.posts > 0 || read > 0);
  return told.length > 0 ? told.map(ofOne).join('\n\n') : 'Nothing is archived yet.';
}

const counted = (number: number, one: string, many: string): string =>
  `${number} ${number === 1 ? one : many}`;

function ofOne({ plugin, parserVersion, read, changed, wanted, unreadable, before, after }: Replay): string {
  const shown = (['readable', 'blocks', 'media', 'drift'] as const).map((what) =>
    before[what] === after[what]
      ? `${names[what]} ${after[what]}`
      : `${names[what]} ${before[what]} -> ${after[what]}`,
  );
  return [
    `${plugin} (parser ${parserVersion}): ${counted(read, 'post', 'posts')} read anew, ${changed} shown otherwise than before`,
    `  ${shown.join(', ')}`,
    ...(wanted > 0
      ? [
          `  ${counted(wanted, 'media file is', 'media files are')} to be fetched: the program does it when it runs`,
        ]
      : []),
    ...notRead(unreadable),
  ].join('\n');
}

const names = { readable: 'readable', blocks: 'blocks', media: 'media', drift: 'not known to the parser' };

function notRead({ count, first }: Replay['unreadable']): string[] {
  if (count === 0) return [];
  const rest = count - first.length;
  return [
    `  ${counted(count, 'post', 'posts')} could not be read; the answers are kept, and what was shown stays:`,
    ...first.map(({ post, why }) => `    ${post}: ${why}`),
    ...(rest > 0 ? [`    and ${rest} more`] : []),
  ];
}
