import { err, ok, type Result } from '#core/result.ts';
import type { ChannelTarget } from '../core/channel.ts';
import type { SendProblem } from '../core/send-problem.ts';
import type { SecretBox, StoredChannel } from './ports.ts';

export type TargetDeps = {
  secrets: SecretBox;
  /** From the moment it is readable, no log may show it. */
  hide: (secret: string) => void;
};

/** How a stored channel is opened for its adapter. */
export const createTargets =
  ({ secrets, hide }: TargetDeps) =>
  ({
    settings,
    sealedSecret,
  }: Pick<StoredChannel, 'settings' | 'sealedSecret'>): Result<ChannelTarget, SendProblem> => {
    if (sealedSecret === null) return ok({ settings, secret: null });
    const opened = secrets.open(sealedSecret);
    if (!opened.ok) return err({ code: 'send.secret-unreadable' });
    hide(opened.value);
    return ok({ settings, secret: opened.value });
  };
