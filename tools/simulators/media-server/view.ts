import type { Person } from '../../seed/household.ts';

/** What of an item a request asked to see. */
export type View = {
  person: Person | undefined;
  fields: ReadonlySet<string>;
  withUserData: boolean;
  withImages: boolean;
};
