import type { ConnectionId, ItemId } from '#core/ids.ts';
import { addDays } from '#core/time-span.ts';
import { keptCredits } from '../core/credits.ts';
import type { ReadProblem } from '../core/source.ts';
import {
  CREDITS_AT_ONCE,
  type AskedCredits,
  type CreditStore,
  type DueTitle,
  type OpenCreditServer,
} from './credits.ports.ts';
import type { Clock, CreditServer } from './ports.ts';
import { guard } from './sync/drain.ts';

type MediaServer = { id: ConnectionId; name: string };

export type CreditDeps = {
  store: CreditStore;
  open: OpenCreditServer;
  /** Those that are switched on. */
  mediaServers: () => Promise<readonly MediaServer[]>;
  clock: Clock;
};

export type Asking = { signal: AbortSignal; progress: (progress: { done: number; text?: string }) => void };

/** `changed`: of how many titles something else is known now. A server that could not be asked is a problem. */
export type CreditRun = {
  asked: number;
  changed: number;
  problems: { server: string; problem: ReadProblem }[];
};

/** A cast hardly ever changes, but a first one is mended. */
const KNOWN_FOR_DAYS = 30;
/** A media server looks up a new title within hours, and one that it did not find may be set right by hand. */
const EMPTY_FOR_DAYS = 3;
/** Finding the one title among a hundred that a server cannot tell of takes eight; more is a server that is not well. */
const MOST_FAILURES = 20;

export type CreditService = ReturnType<typeof createCreditService>;

/**
 * Asks the media servers who made what, a hundred titles at a time and only those that are due. What was told is saved at
 * once, so that it may be stopped anywhere and run twice. Nothing that is known is taken away by a failure.
 */
export function createCreditService({ store, open, mediaServers, clock }: CreditDeps) {
  async function askServer(server: MediaServer, run: CreditRun, { signal, progress }: Asking) {
    const client = await guard('credits', async () => ({ ok: true, value: await open(server.id) }));
    if (!client.ok) return client.error;
    const ask = createQuestion(client.value, async (asked) => {
      run.changed += await store.save(server.id, asked, clock.now());
      run.asked += asked.length;
      progress({ done: run.asked, text: server.name });
    });
    const now = clock.now();
    const ages = { askedBefore: addDays(now, -KNOWN_FOR_DAYS), emptyBefore: addDays(now, -EMPTY_FOR_DAYS) };
    for (let after: ItemId | null = null; ;) {
      signal.throwIfAborted();
      const wish = { connectionId: server.id, ...ages, after, limit: CREDITS_AT_ONCE };
      const due: readonly DueTitle[] = await store.due(wish);
      const last = due.at(-1);
      if (!last) return null;
      const problem = await ask(due);
      if (problem) return problem;
      after = last.itemId;
    }
  }

  return {
    async ask(asking: Asking): Promise<CreditRun> {
      const run: CreditRun = { asked: 0, changed: 0, problems: [] };
      await store.forgetGone();
      // One after the other: what the first told is not asked of the second.
      for (const server of await mediaServers()) {
        const problem = await askServer(server, run, asking);
        if (problem) run.problems.push({ server: server.name, problem });
      }
      return run;
    },
  };
}

/** A title that the server breaks at must not hide a hundred others: what fails is asked in halves, and that one left out. */
function createQuestion(server: CreditServer, save: (asked: readonly AskedCredits[]) => Promise<void>) {
  let failures = 0;
  return async function ask(due: readonly DueTitle[]): Promise<ReadProblem | null> {
    const told = await guard('credits', () =>
      server.credits(due.map(({ mediaExternalId }) => mediaExternalId)),
    );
    if (told.ok) {
      const byId = new Map(told.value.map(({ mediaExternalId, ...rest }) => [mediaExternalId, rest]));
      await save(due.map((title) => ({ ...title, told: tidied(byId.get(title.mediaExternalId)) })));
      return null;
    }
    failures += 1;
    if (!isOfTitle(told.error) || failures > MOST_FAILURES) return told.error;
    if (due.length > 1) {
      const half = Math.ceil(due.length / 2);
      return (await ask(due.slice(0, half))) ?? ask(due.slice(half));
    }
    await save(due.map((title) => ({ ...title, told: null })));
    return null;
  };
}

/** Another title may go well. A server that is not there, or does not let us in, answers nothing else either. */
const isOfTitle = ({ code }: ReadProblem): boolean =>
  code === 'read.server-error' || code === 'read.bad-answer';

const tidied = (told: AskedCredits['told'] | undefined): AskedCredits['told'] =>
  told ? { ...told, credits: keptCredits(told.credits) } : null;
