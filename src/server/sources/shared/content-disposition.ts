/**
 * The name in a Content-Disposition (RFC 6266), as it was meant: `filename*` (RFC 5987) before `filename`. Headers arrive
 * as Latin-1, and many servers write UTF-8 into them all the same.
 */
export function dispositionName(header: string | null): string | null {
  if (header === null) return null;
  const parts = parametersOf(header);
  return extended(parts.get('filename*')) ?? plain(parts.get('filename'));
}

const PARAMETER = /;\s*([\w!#$&+^`|~.*-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]*))/gs;

const parametersOf = (header: string): ReadonlyMap<string, string> =>
  new Map(
    [...`;${header.replace(/^[^;]*;?/, '')}`.matchAll(PARAMETER)].map(([, name = '', quoted, bare = '']) => [
      name.toLowerCase(),
      quoted === undefined ? bare.trim() : quoted.replaceAll(/\\(.)/gs, '$1'),
    ]),
  );

function extended(value: string | undefined): string | null {
  const [, charset = '', coded = ''] = /^([^']*)'[^']*'(.*)$/s.exec(value ?? '') ?? [];
  if (coded === '') return null;
  try {
    const bytes = unescape(coded);
    return new TextDecoder(charset === '' ? 'utf-8' : charset, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

const unescape = (coded: string): Uint8Array =>
  Buffer.from(
    coded.replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  );

function plain(value: string | undefined): string | null {
  if (value === undefined || value === '') return null;
  // Latin-1 bytes that are UTF-8 together were meant so; what holds no such bytes stays as it is.
  const bytes = Buffer.from(value, 'latin1');
  if (bytes.toString('latin1') !== value) return value;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return value;
  }
}
