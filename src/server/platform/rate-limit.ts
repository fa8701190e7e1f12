export type RateLimit = {
  /** How many tries somebody has in one span of time. */
  most: number;
  perMs: number;
  now: () => Date;
};

/** So many different addresses at once are an attack; the oldest are forgotten, and the memory stays small. */
const MOST_KNOWN = 10_000;

/** In the memory of this process: for what must be slow to guess, not for what must be exact. */
export function createRateLimit({ most, perMs, now }: RateLimit): (key: string) => boolean {
  const spans = new Map<string, { began: number; tries: number }>();

  return (key) => {
    const at = now().getTime();
    const found = spans.get(key);
    const span = found && at - found.began < perMs ? found : { began: at, tries: 0 };
    span.tries += 1;
    spans.delete(key);
    spans.set(key, span);
    if (spans.size > MOST_KNOWN) for (const oldest of spans.keys().take(1)) spans.delete(oldest);
    return span.tries <= most;
  };
}

/** One household has one IPv4 address but 2⁶⁴ of IPv6, so of those only the first half counts. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.split('::');
  const first = head === '' ? [] : head.split(':');
  const last = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - first.length - last.length);
  const all = [...first, ...Array.from({ length: zeros }, () => '0'), ...last];
  return all
    .slice(0, 4)
    .map((part) => part.toLowerCase().replace(/^0+(?=.)/, ''))
    .join(':');
}
