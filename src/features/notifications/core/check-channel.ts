import { err, ok, type Result } from '#core/result.ts';
import { formatAddress, parseAddress, type AddressProblem } from '#features/connections/core/address.ts';
import { secretOf, type ChannelKind, type ChannelSettings } from './channel.ts';

export type ChannelInvalid =
  | { code: 'notifications.bad-address'; field: 'url' | 'host' | 'secret'; why: AddressProblem['code'] }
  | { code: 'notifications.bad-secret'; field: 'secret'; kind: ChannelKind }
  | { code: 'notifications.secret-required'; field: 'secret' };

/** The addresses as they will be called: the same rules as for every service, so nobody makes us ask a cloud for its keys. */
export function checkSettings(settings: ChannelSettings): Result<ChannelSettings, ChannelInvalid> {
  switch (settings.kind) {
    case 'discord':
      return ok(settings);
    case 'email': {
      const { host, port } = settings;
      const read = parseAddress(
        `http://${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:${port}`,
      );
      if (!read.ok) return badAddress('host', read.error.code);
      return read.value.path === ''
        ? ok({ ...settings, host: read.value.host })
        : badAddress('host', 'address.host');
    }
    default: {
      const read = parseAddress(settings.url);
      return read.ok
        ? ok({ ...settings, url: formatAddress(read.value) })
        : badAddress('url', read.error.code);
    }
  }
}

const badAddress = (field: 'url' | 'host' | 'secret', why: AddressProblem['code']) =>
  err({ code: 'notifications.bad-address' as const, field, why });

/** What tokens look like, as far as their services promise; it catches a pasted user name or half a token. */
const shapes: Readonly<Record<ChannelKind, RegExp>> = {
  email: /^[^\r\n]{1,500}$/,
  discord: /^https?:\/\/[^\s?#]+\/api\/(v\d+\/)?webhooks\/\d+\/[\w-]+$/,
  telegram: /^\d{1,20}:[\w-]{20,100}$/,
  ntfy: /^[\x21-\x7e]{1,200}$/,
  gotify: /^[\x21-\x7e]{1,200}$/,
  // The other side signs with the same one; a short one can be guessed from any signed message.
  webhook: /^[\x20-\x7e]{16,200}$/,
};

export function checkSecret(kind: ChannelKind, secret: string | null): Result<string | null, ChannelInvalid> {
  if (secret === null)
    return secretOf[kind] === 'required'
      ? err({ code: 'notifications.secret-required', field: 'secret' })
      : ok(null);
  if (!shapes[kind].test(secret)) return err({ code: 'notifications.bad-secret', field: 'secret', kind });
  if (kind !== 'discord') return ok(secret);
  const read = parseAddress(secret);
  return read.ok ? ok(formatAddress(read.value)) : badAddress('secret', read.error.code);
}
