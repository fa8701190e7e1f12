import { err, type Result } from '#core/result.ts';
import { problems } from '#server/platform/problem.ts';
import type { SourceRefusal } from './sources/sources.service.ts';

const answers = problems({
  'sources.not-found': [404, 'There is no such source'],
  'sources.no-such-plugin': [400, 'There is no such kind of source'],
  'sources.plugin-missing': [409, 'This program has no plugin for this source'],
  'sources.name-taken': [409, 'Another source has this name already'],
  'sources.bad-credentials': [400, 'The sign-in cannot be used like this'],
  'sources.signed-out': [409, 'Nobody is signed in at this source'],
  'sources.credentials-unreadable': [409, 'The saved sign-in cannot be read any more; give it again'],
  'sources.has-posts': [409, 'Something of this source is archived, and would go with it'],
  'archive.creator-not-found': [404, 'There is no such creator'],
});

export const fieldWords = {
  'sources.user-agent-characters': 'A user agent has only letters, digits and signs',
  'sources.pauses-crossed': 'The longest pause is not shorter than the shortest',
  'sources.cron-not-readable': 'This is no cron line of five fields that ever comes',
  'sources.time-zone-unknown': 'There is no such time zone',
};

/** What plugins say of a sign-in; what is not here is told by its code. */
const credentialWords: Readonly<Record<string, string>> = {
  missing: 'This is needed to sign in',
  'another-cookie': 'This is another cookie of the same site',
  'empty-value': 'There is nothing behind the name of the cookie',
  'cut-short': 'The end of it is missing',
  'not-a-cookie': 'This is no value of a cookie',
  'not-absolute': 'The path starts at the root of the disk',
};

type Refusal = SourceRefusal | { code: 'archive.creator-not-found' };

/** Where the mistake stands, if it stands beside a field. */
function fieldsOf(refusal: Refusal) {
  switch (refusal.code) {
    case 'sources.bad-credentials':
      return refusal.problems.map(({ field, code }) => ({
        path: `credentials.${field}`,
        code,
        message: credentialWords[code] ?? code,
      }));
    case 'sources.name-taken':
      return [{ path: 'name', code: 'name-taken', message: 'Another source has this name already' }];
    case 'sources.no-such-plugin':
      return [{ path: 'plugin', code: 'not-a-choice', message: 'There is no such kind of source' }];
    default:
      return [];
  }
}

/** Goes on with the value, or answers with the problem beside its field. */
export function orRefuse<V>(result: Result<V, Refusal>): V {
  if (result.ok) return result.value;
  const errors = fieldsOf(result.error);
  const { code } = result.error;
  return answers.orRefuse(err(errors.length > 0 ? { code, errors } : { code }));
}
