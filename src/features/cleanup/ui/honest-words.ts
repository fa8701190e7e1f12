import { m } from '#i18n/messages.js';
import { getLocale } from '#i18n/runtime.js';
import { formatBytes, formatCount } from '#ui/format.ts';
import type { HonestBytes } from '../core/removal/honest-bytes.ts';

/** One line each, what is certain first. Nothing is said of what there is none of. */
export function honestLines({
  freesNow,
  freesWithTorrents,
  torrents,
  heldElsewhere,
  unseen,
}: HonestBytes): string[] {
  const size = (bytes: number) => formatBytes(bytes, getLocale());
  const isOnlyUnseen = freesNow + freesWithTorrents + heldElsewhere === 0 && unseen.files > 0;
  return [
    ...(isOnlyUnseen ? [] : [m.honest_now({ size: size(freesNow) })]),
    ...(freesWithTorrents > 0
      ? [
          m.honest_with_torrents({
            count: torrents,
            number: formatCount(torrents, getLocale()),
            size: size(freesWithTorrents),
          }),
        ]
      : []),
    ...(heldElsewhere > 0 ? [m.honest_elsewhere({ size: size(heldElsewhere) })] : []),
    ...(unseen.files > 0 ? [m.honest_unseen({ size: size(unseen.bytes) })] : []),
  ];
}

/** Whether there is more to say than the size itself. */
export const isPlain = ({ freesWithTorrents, heldElsewhere, unseen }: HonestBytes): boolean =>
  freesWithTorrents + heldElsewhere + unseen.files === 0;

export const silentText = (names: readonly string[]): string =>
  m.honest_silent({
    names: new Intl.ListFormat(getLocale(), { type: 'conjunction' }).format(names),
  });
