import { crc32, deflateSync } from 'node:zlib';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** One bit per dot in grey, or eight per colour: `lines` with the filter byte in front of each. */
export function pngOf(
  size: { width: number; height: number },
  lines: Buffer,
  kind: 'bits' | 'colours',
): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size.width, 0);
  head.writeUInt32BE(size.height, 4);
  head.set(kind === 'bits' ? [1, 0, 0, 0, 0] : [8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(lines, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, body: Buffer): Buffer {
  const framed = Buffer.alloc(12 + body.length);
  framed.writeUInt32BE(body.length, 0);
  framed.write(name, 4, 'latin1');
  body.copy(framed, 8);
  framed.writeUInt32BE(crc32(framed.subarray(4, 8 + body.length)), 8 + body.length);
  return framed;
}

const TINY = 8;

/** Eight by eight dots that differ for each number. */
export function tinyPng(number: number): Buffer {
  const line = 1 + TINY * 3;
  const lines = Buffer.alloc(line * TINY);
  for (let y = 0; y < TINY; y += 1) {
    for (let x = 0; x < TINY; x += 1) {
      const isMark = y === 0 && x < 2;
      const shade = isMark ? (number >> (x * 12)) & 0xfff : (number * 37 + (x + y) * 9) & 0xfff;
      lines.set([shade & 0xff, (shade >> 4) & 0xff, isMark ? shade >> 8 : 160], y * line + 1 + x * 3);
    }
  }
  return pngOf({ width: TINY, height: TINY }, lines, 'colours');
}
