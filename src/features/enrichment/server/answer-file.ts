import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { problemAnswer } from '#server/platform/problem.ts';

type Asked = {
  type: 'image/jpeg' | 'image/webp';
  /** What makes its address one of its own. */
  tag: string;
  request: { header(name: string): string | undefined };
};

/** A newer version of ours may draw another picture under the same address, so it is asked again after a day. */
export async function answerWithFile(path: string, { type, tag, request }: Asked): Promise<Response> {
  const found = await stat(path).catch(() => null);
  if (!found?.isFile())
    return problemAnswer(404, 'enrichment.no-picture', 'There is no such picture, or not yet');
  const headers = {
    'content-type': type,
    'cache-control': 'private, max-age=86400',
    etag: `"${tag.slice(0, 16)}-${found.mtimeMs.toString(36)}-${found.size}"`,
  };
  if (request.header('if-none-match') === headers.etag) return new Response(null, { status: 304, headers });
  const body = Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>;
  return new Response(body, { headers: { ...headers, 'content-length': String(found.size) } });
}
