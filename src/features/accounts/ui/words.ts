import { m } from '#i18n/messages.js';
import type { WordList } from '#ui/form-errors.ts';
import { roles, type Role } from '../core/person.ts';

export const roleNames: Readonly<Record<Role, () => string>> = {
  admin: m.account_role_admin,
  user: m.account_role_user,
  readonly: m.account_role_readonly,
};

const roleTexts: Readonly<Record<Role, () => string>> = {
  admin: m.users_role_admin_text,
  user: m.users_role_user_text,
  readonly: m.users_role_readonly_text,
};

/** For a list to choose from; the one that may least stands first. */
export const roleOptions = (withText = false): { value: Role; label: string }[] =>
  roles.map((role) => ({
    value: role,
    label: withText ? `${roleNames[role]()}: ${roleTexts[role]().toLocaleLowerCase()}` : roleNames[role](),
  }));

export const accountWords: WordList = {
  'accounts.last-admin': m.users_last_admin,
};
