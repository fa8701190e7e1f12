/** Captions as streams deliver them (RFC 8216, 3.5): a file per piece, with a clock that ties it to the picture. */
type Piece = { blocks: readonly (readonly string[])[]; startMs: number };

const TIMES = /^((?:\d+:)?\d\d:\d\d\.\d{3})[ \t]+-->[ \t]+((?:\d+:)?\d\d:\d\d\.\d{3})(.*)$/;
/** The clock of MPEG: 90 000 ticks a second in 33 bits. */
const TICKS_PER_MS = 90;
const CLOCK = 2 ** 33;

/**
 * One file with the cues of all pieces, each once: a cue that lasts longer than its piece stands in both. Null when one of
 * them is no WebVTT. The picture is taken to begin where the first piece says.
 */
export function joinVtt(pieces: readonly string[]): string | null {
  const read = pieces.map(readPiece);
  const first = read[0]?.startMs ?? 0;
  const cues = new Set<string>();
  for (const piece of read) {
    if (!piece) return null;
    for (const lines of piece.blocks) {
      const cue = cueOf(lines, sinceFirst(piece.startMs, first));
      if (cue !== null) cues.add(cue);
    }
  }
  return ['WEBVTT\n', ...cues].join('\n');
}

function readPiece(text: string): Piece | null {
  const lines = text.replace('\ufeff', '').split(/\r\n|\r|\n/);
  if (!/^WEBVTT(?:[ \t]|$)/.test(lines[0] ?? '')) return null;
  const [head = [], ...blocks] = blocksOf(lines);
  return { blocks, startMs: startOf(head.join('\n')) };
}

/** Blank lines are between them. */
function blocksOf(lines: readonly string[]): string[][] {
  const blocks: string[][] = [[]];
  for (const line of lines) {
    if (line === '') blocks.push([]);
    else blocks.at(-1)?.push(line);
  }
  return blocks.filter(({ length }) => length > 0);
}

function startOf(head: string): number {
  const [, map = ''] = /X-TIMESTAMP-MAP=(.*)/.exec(head) ?? [];
  const ticks = Number(/MPEGTS:(\d+)/.exec(map)?.[1] ?? 0);
  return ticks / TICKS_PER_MS - msOf(/LOCAL:([\d:.]+)/.exec(map)?.[1] ?? '00:00.000');
}

/** Its clock begins anew after 26 hours, wherever it stood at the start. */
function sinceFirst(startMs: number, firstMs: number): number {
  const round = CLOCK / TICKS_PER_MS;
  const since = startMs - firstMs;
  return Math.abs(since) > round / 2 ? since + (since < 0 ? round : -round) : since;
}

/** Null for what is no cue: notes, styles, regions. */
function cueOf(lines: readonly string[], laterMs: number): string | null {
  if (/^(NOTE|STYLE|REGION)\b/.test(lines[0] ?? '')) return null;
  const at = lines.findIndex((line) => TIMES.test(line));
  const [, from, to, settings] = TIMES.exec(lines[at] ?? '') ?? [];
  if (from === undefined || to === undefined) return null;
  const times = `${clockText(msOf(from) + laterMs)} --> ${clockText(msOf(to) + laterMs)}${settings ?? ''}`;
  return `${[times, ...lines.slice(at + 1)].join('\n')}\n`;
}

const msOf = (clock: string): number =>
  Math.round(1000 * clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0));

function clockText(ms: number): string {
  const whole = Math.max(0, Math.round(ms));
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const seconds = two((whole / 1000) % 60);
  return `${two(whole / 3_600_000)}:${two((whole / 60_000) % 60)}:${seconds}.${String(whole % 1000).padStart(3, '0')}`;
}
