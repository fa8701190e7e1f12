import type { Call, Reply } from '../http.ts';

/** `Range: bytes=100-` and `bytes=0-99`: a broken download goes on where it stopped. */
export function ranged(call: Call, reply: Reply): Reply {
  const body = Buffer.from(reply.body ?? '');
  const headers = { ...reply.headers, 'accept-ranges': 'bytes' };
  if (call.method === 'HEAD')
    return { ...reply, body: '', headers: { ...headers, 'content-length': String(body.length) } };
  const asked = /^bytes=(\d+)-(\d*)$/.exec(call.headers.range ?? '');
  if (!asked) return { ...reply, headers };
  const from = Number(asked[1]);
  const to = Math.min(asked[2] ? Number(asked[2]) : body.length - 1, body.length - 1);
  if (from > to) return { status: 416, headers: { 'content-range': `bytes */${String(body.length)}` } };
  return {
    ...reply,
    status: 206,
    body: body.subarray(from, to + 1),
    headers: { ...headers, 'content-range': `bytes ${String(from)}-${String(to)}/${String(body.length)}` },
  };
}
