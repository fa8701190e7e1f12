import { z } from 'zod';
import { err, ok, type Result } from '#core/result.ts';
import type { CallFailure } from '../failures.ts';
import { label, qualityProfile } from './schemas.ts';
import type { Servarr } from './session.ts';

export type Names = ReadonlyMap<number, string>;
type Tagged = { tags?: readonly number[] | null | undefined };

/** Tags are numbers that stand for lower-case labels. Read anew each time, because people add tags (J-28, T-12). */
export async function readTags(servarr: Servarr): Promise<Result<Names, CallFailure>> {
  const tags = await servarr.json({ path: 'tag' }, z.array(label));
  return tags.ok ? ok(new Map(tags.value.map((tag) => [tag.id, tag.label.toLowerCase()]))) : tags;
}

export async function readQualityProfiles(servarr: Servarr): Promise<Result<Names, CallFailure>> {
  const profiles = await servarr.json({ path: 'qualityprofile' }, z.array(qualityProfile));
  return profiles.ok ? ok(new Map(profiles.value.map(({ id, name }) => [id, name ?? String(id)]))) : profiles;
}

/** A number without a label is a tag that was deleted meanwhile: nothing can be protected by a label that is not. */
export const namesOf = (ids: readonly number[] | null | undefined, names: Names): string[] =>
  (ids ?? []).flatMap((id) => names.get(id) ?? []);

/** No label at all, while titles carry some, is an answer that cannot be right, and it would unprotect all of them. */
export const checkTags = (names: Names, tagged: readonly Tagged[]): Result<Names, CallFailure> =>
  names.size === 0 && tagged.some(({ tags }) => (tags ?? []).length > 0)
    ? err({ code: 'call.wrong-identity', what: 'tag' })
    : ok(names);

/** Tags may be made while a long list is being read; then the labels are read once more. */
export function createTagNames(servarr: Servarr, first: Names) {
  let names = first;
  let wasReadAgain = false;

  return async function namesFor(tagged: readonly Tagged[]): Promise<Result<Names, CallFailure>> {
    const hasStranger = tagged.some(({ tags }) => (tags ?? []).some((id) => !names.has(id)));
    if (!hasStranger || wasReadAgain) return ok(names);
    wasReadAgain = true;
    const again = await readTags(servarr);
    if (!again.ok) return again;
    names = again.value;
    return checkTags(names, tagged);
  };
}

/** The numbers of these labels; one that is not there is made, and making one that is there gives it back (service-apis 1). */
export async function numbersOf(
  servarr: Servarr,
  labels: readonly string[],
): Promise<Result<number[], CallFailure>> {
  const numbers: number[] = [];
  for (const text of labels) {
    const made = await servarr.json({ method: 'POST', path: 'tag', json: { label: text } }, label);
    if (!made.ok) return made;
    if (made.value.label.toLowerCase() !== text.toLowerCase())
      return err({ code: 'call.wrong-identity', what: 'tag' });
    numbers.push(made.value.id);
  }
  return ok([...new Set(numbers)]);
}
