export const channelKinds = ['email', 'discord', 'telegram', 'ntfy', 'gotify', 'webhook'] as const;
export type ChannelKind = (typeof channelKinds)[number];

/** What a channel may be told of. */
export const topics = [
  'plan-made',
  'leaving-soon',
  'run-done',
  'run-stopped',
  'run-waiting',
  'service-down',
  'service-up',
  'source-stopped',
  'source-expiring',
] as const;
export type Topic = (typeof topics)[number];

export const languages = ['en', 'es'] as const;
export type Language = (typeof languages)[number];

/** `starttls` is demanded, not tried: a server that does not offer it gets neither password nor message. */
export const mailSecurities = ['tls', 'starttls', 'none'] as const;
export type MailSecurity = (typeof mailSecurities)[number];

/** Where a channel leads and how, without its secret. Addresses are without a slash at the end. */
export type ChannelSettings =
  | {
      kind: 'email';
      host: string;
      port: number;
      security: MailSecurity;
      /** Null for a server that asks for no password. */
      user: string | null;
      from: string;
      to: readonly string[];
    }
  /** The whole address of a Discord webhook is its secret. */
  | { kind: 'discord' }
  /** `url` is another one than Telegram's own only for a Bot API server at home. */
  | { kind: 'telegram'; url: string; chat: string; thread: number | null }
  | { kind: 'ntfy'; url: string; topic: string; priority: number }
  | { kind: 'gotify'; url: string; priority: number }
  | { kind: 'webhook'; url: string };

export type ChannelId = string & { readonly __channel: unique symbol };

export type Channel = {
  id: ChannelId;
  name: string;
  enabled: boolean;
  topics: readonly Topic[];
  language: Language;
  /** It also carries what only one person is told: that a film they asked for leaves. */
  tellsRequesters: boolean;
  settings: ChannelSettings;
  hasSecret: boolean;
};

export const listensTo =
  (topic: Topic) =>
  ({ enabled, topics: heard }: Pick<Channel, 'enabled' | 'topics'>): boolean =>
    enabled && heard.includes(topic);

/** A channel as its adapter sees it. The secret never leaves the server room. */
export type ChannelTarget = { settings: ChannelSettings; secret: string | null };

/** What the secret of each kind is; `optional` where a service may ask for none. */
export const secretOf: Readonly<Record<ChannelKind, 'required' | 'optional'>> = {
  email: 'optional',
  discord: 'required',
  telegram: 'required',
  ntfy: 'optional',
  gotify: 'required',
  webhook: 'required',
};

/** Only these can be pointed at another person than the house. */
export const personalKinds = ['email', 'telegram', 'ntfy'] as const;
export type PersonalKind = (typeof personalKinds)[number];
export const isPersonal = (kind: ChannelKind): kind is PersonalKind =>
  personalKinds.some((one) => one === kind);

/** The server that gets the secret. A saved secret is never sent to another one than it was given for. */
export function serverOf(settings: ChannelSettings): string {
  switch (settings.kind) {
    case 'email':
      return `${settings.host.toLowerCase()}:${settings.port}`;
    case 'discord':
      return 'discord';
    default:
      return /^[a-z]+:\/\/[^/]+/i.exec(settings.url)?.[0].toLowerCase() ?? settings.url;
  }
}

/** The same channel, leading to one person; `address` is an e-mail address, a chat or a topic. */
export function addressedTo(settings: ChannelSettings, address: string): ChannelSettings {
  switch (settings.kind) {
    case 'email':
      return { ...settings, to: [address] };
    case 'telegram':
      return { ...settings, chat: address, thread: null };
    case 'ntfy':
      return { ...settings, topic: address };
    default:
      return settings;
  }
}
