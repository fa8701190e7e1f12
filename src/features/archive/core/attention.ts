import type { SourceId } from '#core/ids.ts';
import type { SourceState } from './source.ts';
import type { SourceProblem } from './source-problem.ts';
import { concernsPeople, type Expiry } from './stopping.ts';

/** A source that somebody should look at. */
export type SourceAttention = {
  id: SourceId;
  name: string;
  plugin: string;
  state: SourceState;
  expiry: Expiry;
};

/** What is the matter, by what a person can do about it. */
export type TroubleKind =
  | 'ends-soon'
  | 'has-ended'
  | 'signed-out'
  | 'program-refused'
  | 'challenge'
  | 'too-often'
  | 'ill'
  | 'unreachable'
  | 'folder-missing'
  | 'not-understood';

export type Trouble = {
  id: SourceId;
  name: string;
  kind: TroubleKind;
  /** Nothing goes on until somebody acts, or it stops soon. */
  needsPerson: boolean;
  /** When the sign-in ends, or when it goes on by itself. */
  at: Date | null;
};

/** Who may do nothing about it hears only that nothing new comes, and only when that lasts. */
export type SeenTroubles =
  { mayAct: true; troubles: readonly Trouble[] } | { mayAct: false; resting: readonly string[] };

const kinds: Readonly<Record<SourceProblem['code'], TroubleKind>> = {
  'source.signed-out': 'signed-out',
  'source.user-agent-refused': 'program-refused',
  'source.challenge': 'challenge',
  'source.rate-limited': 'too-often',
  'source.server-error': 'ill',
  'source.timed-out': 'unreachable',
  'source.unreachable': 'unreachable',
  'source.folder-missing': 'folder-missing',
  'source.folder-empty': 'folder-missing',
  'source.creator-empty': 'folder-missing',
  'source.folder-unreadable': 'folder-missing',
  'source.bad-request': 'not-understood',
  'source.forbidden': 'not-understood',
  'source.not-found': 'not-understood',
  'source.suspended': 'not-understood',
  'source.bad-answer': 'not-understood',
  'source.aborted': 'not-understood',
};

export const seenBy = (mayAct: boolean, sources: readonly SourceAttention[]): SeenTroubles =>
  mayAct
    ? { mayAct, troubles: sources.flatMap(troubleOf) }
    : {
        mayAct,
        resting: sources.flatMap(({ name, state }) =>
          state.is === 'stopped' && concernsPeople(state) ? [name] : [],
        ),
      };

function troubleOf({ id, name, state, expiry }: SourceAttention): Trouble[] {
  if (state.is === 'stopped') {
    const { problem, until } = state;
    return [{ id, name, kind: kinds[problem.code], needsPerson: until === null, at: until }];
  }
  switch (expiry.is) {
    case 'soon':
      return [{ id, name, kind: 'ends-soon', needsPerson: true, at: expiry.at }];
    case 'over':
      return [{ id, name, kind: 'has-ended', needsPerson: true, at: expiry.at }];
    default:
      return [];
  }
}
