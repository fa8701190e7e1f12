import type { CredentialField } from './source.ts';

/** What is posted is a secret unless its field says otherwise; pages get back what was typed, but never these. */
export const SECRET_PREFIX = 'secret-';
export const PLAIN_PREFIX = 'credential-';

/** The name of a field of the form, so that its mistakes stand beside it. */
export const credentialFieldName = ({ name, kind }: Pick<CredentialField, 'name' | 'kind'>): string =>
  `${kind === 'secret' ? SECRET_PREFIX : PLAIN_PREFIX}${name}`;
