import { createHmac, timingSafeEqual } from 'node:crypto';

export const SIGNATURE_HEADER = 'X-KeeperCheky-Signature';

/** A receiver refuses what was signed longer ago, so that nobody can send a recorded call again. */
export const REPLAY_WINDOW_SECONDS = 300;

const digestOf = (seconds: number, body: string, secret: string): string =>
  createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');

/** `t=<seconds since 1970>,v1=<HMAC-SHA256 of "t.body" in hex>`: the time is signed too. */
export function sign(body: string, secret: string, now: Date): string {
  const seconds = Math.floor(now.getTime() / 1000);
  return `t=${seconds},v1=${digestOf(seconds, body, secret)}`;
}

/** What a receiver does; the simulators use it, and the guide tells it in words. */
export function isSigned(
  header: string,
  body: string,
  { secret, now }: { secret: string; now: Date },
): boolean {
  const [, time = '', given = ''] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header) ?? [];
  if (given === '') return false;
  const isRecent = Math.abs(now.getTime() / 1000 - Number(time)) <= REPLAY_WINDOW_SECONDS;
  return isRecent && timingSafeEqual(Buffer.from(given), Buffer.from(digestOf(Number(time), body, secret)));
}
