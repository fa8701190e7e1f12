import type { Person } from '#features/accounts/core/person.ts';
import type { App as Program } from '#server/main.ts';

declare global {
  /** The running program, set by program.ts before the pages are loaded, so that no server code is bundled twice. */
  var keepercheky: Program | undefined;

  namespace App {
    interface Locals {
      app: Program;
      user: Person | null;
      theme: 'light' | 'dark' | 'system';
    }
  }
}

export {};
