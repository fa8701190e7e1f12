import type { ItemId } from '#core/ids.ts';
import type { Result } from '#core/result.ts';
import type { Channel, ChannelId, ChannelKind, ChannelTarget } from '../core/channel.ts';
import type { Notice } from '../core/event.ts';
import type { KeepLink, KeepOutcome } from '../core/keep-link.ts';
import type { Message } from '../core/message.ts';
import type { KnownPerson, PersonAddress } from '../core/recipients.ts';
import type { SendProblem } from '../core/send-problem.ts';
import type { CheckedService } from '../core/service-checks.ts';
import type { NotificationSettings } from '../core/settings.ts';

/** A message on its way. The same id comes again when it is tried again. */
export type Outgoing = Message & {
  id: string;
  topic: Notice['topic'] | 'digest' | 'test';
  at: Date;
  /** What it tells of as values, for programs. */
  notices: readonly Notice[];
};

/** One kind of channel. */
export type Sender = {
  send(channel: ChannelTarget, message: Outgoing): Promise<Result<void, SendProblem>>;
};

export type Senders = Readonly<Record<ChannelKind, Sender>>;

/** A channel as it lies in the database: the secret only sealed. */
export type StoredChannel = Channel & { sealedSecret: string | null };

export type ChannelStore = {
  /** In the order in which they were added. */
  list(): Promise<StoredChannel[]>;
  find(id: ChannelId): Promise<StoredChannel | null>;
  /** `false` when another channel has the name. */
  add(channel: StoredChannel): Promise<boolean>;
  change(channel: StoredChannel): Promise<'changed' | 'name-taken' | 'gone'>;
  /** With what was still to be sent through it. */
  remove(id: ChannelId): Promise<boolean>;
};

export type NewDelivery = {
  channelId: ChannelId;
  /** Null: to the house, where the channel leads. Else to this address of one person. */
  address: string | null;
  notice: Notice;
};

export type DeliveryState = 'pending' | 'sending' | 'sent' | 'failed';

export type Delivery = NewDelivery & {
  id: string;
  state: DeliveryState;
  problem: SendProblem | null;
  tries: number;
  createdAt: Date;
  nextTryAt: Date;
  endedAt: Date | null;
};

export type Settlement =
  | { state: 'sent' }
  | { state: 'failed'; problem: SendProblem }
  | { state: 'pending'; problem: SendProblem; nextTryAt: Date };

/** `value` is what was said last under a key; the same again is no news. */
export type News = { key: string; value: string };

export type DeliveryStore = {
  /** Writes down what is news, and in the same transaction the deliveries that `make` wants for it. */
  tellNew(
    news: readonly News[],
    make: (fresh: ReadonlySet<string>) => readonly NewDelivery[],
    now: Date,
  ): Promise<readonly ChannelId[]>;
  /** The same for tests of services, one at a time in all processes. */
  tellChecks(
    judge: (known: readonly CheckedService[]) => {
      states: readonly CheckedService[];
      deliveries: readonly NewDelivery[];
    },
    now: Date,
  ): Promise<readonly ChannelId[]>;
  /**
   * Takes what is due, so that no other worker takes it: everything to the house, or else one message to a person. What a
   * dead worker had taken comes back after a while.
   */
  claim(channelId: ChannelId, now: Date): Promise<Delivery[]>;
  settle(claimed: readonly Delivery[], outcome: Settlement, now: Date): Promise<void>;
  /** The channels with something to send, and when the first of it is due. */
  waiting(): Promise<{ channelId: ChannelId; dueAt: Date }[]>;
  /** The newest first. */
  list(limit: number): Promise<Delivery[]>;
  /** False when there is no such delivery that failed. */
  again(id: string, now: Date): Promise<ChannelId | null>;
  prune(before: { deliveries: Date; told: Date }): Promise<void>;
};

/** How a link stands: `busy` is being used by another request at this moment. */
export type StoredKeepLink = KeepLink & { isUsed: boolean };

export type KeepLinkStore = {
  add(links: readonly KeepLink[]): Promise<void>;
  find(tokenHash: string): Promise<StoredKeepLink | null>;
  /** Only one caller gets it; null when it is used, expired or unknown. */
  claim(tokenHash: string, now: Date): Promise<KeepLink | null>;
  /** With every other link of the same person to the same item that is out there. */
  markUsed(link: KeepLink, outcome: KeepOutcome['is'], now: Date): Promise<void>;
  /** It was not carried out after all. */
  release(tokenHash: string): Promise<void>;
  prune(before: Date): Promise<void>;
};

export type PeopleStore = {
  list(): Promise<PersonAddress[]>;
  save(person: PersonAddress): Promise<void>;
  remove(name: string): Promise<boolean>;
};

export type SettingsStore = {
  read(): Promise<NotificationSettings>;
  change(values: Partial<NotificationSettings>): Promise<NotificationSettings>;
};

/**
 * What keeping an item does, plugged in by `main.ts`. `asked`: somebody who may decide was asked and nothing is kept yet.
 */
export type Keep = (wish: {
  itemId: ItemId;
  by: string;
  until: Date;
}) => Promise<Result<'kept' | 'asked', { code: 'keep.item-gone' }>>;

export type SecretBox = {
  seal(text: string): string;
  open(sealed: string): Result<string, { code: string }>;
};

export type Clock = { now(): Date };

/** Asks the queue for a worker: now, or when a pause is over. */
export type Wake = (channelId: ChannelId, at: Date | null) => Promise<void>;

/** Who has an account with an address. */
export type KnownPeople = () => Promise<readonly KnownPerson[]>;
