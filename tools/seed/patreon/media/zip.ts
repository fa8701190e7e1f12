import { crc32, deflateRawSync } from 'node:zlib';

export type ZipEntry = { name: string; bytes: Buffer };

/** 1 January 2024, midnight, as MS-DOS wrote dates: the same every time. */
const DATE = ((2024 - 1980) << 9) | (1 << 5) | 1;
const UTF8 = 0x0800;

/** A zip archive that every program opens: compressed entries, names in UTF-8, no extras. */
export function writeZip(entries: readonly ZipEntry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes } of entries) {
    const packed = deflateRawSync(bytes, { level: 9 });
    const label = Buffer.from(name);
    const common = Buffer.alloc(26);
    [20, UTF8, 8, 0, DATE].forEach((value, index) => common.writeUInt16LE(value, index * 2));
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(label.length, 22);
    parts.push(Buffer.from('PK\x03\x04', 'latin1'), common, label, packed);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, tail, label);
    offset += 4 + common.length + label.length + packed.length;
  }
  const index = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(index.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, index, Buffer.from('PK\x05\x06', 'latin1'), end]);
}
