import { credentialFieldName } from '../core/credential-field.ts';
import type { CredentialProblem, SourcePlugin } from '../core/source.ts';

type Refusal = { code: string; problems?: readonly CredentialProblem[] };

/** Codes by the field of the form that they stand beside; `''` is the form as a whole. */
export function sourceRefusal(refusal: Refusal, plugin: SourcePlugin | null): Record<string, string> {
  if (refusal.code === 'sources.name-taken') return { name: refusal.code };
  if (!refusal.problems) return { '': refusal.code };
  return Object.fromEntries(
    refusal.problems.map(({ field, code }) => {
      const known = plugin?.credentialFields.find(({ name }) => name === field);
      return [known ? credentialFieldName(known) : '', code];
    }),
  );
}
