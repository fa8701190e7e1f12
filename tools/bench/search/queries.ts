import type { Judged } from './judged.ts';
import { english } from './queries.en.ts';
import { spanish } from './queries.es.ts';
import { ofFiles } from './queries.files.ts';
import { ofLibrary } from './queries.library.ts';
import { ofPeople } from './queries.people.ts';

/**
 * What people would ask of the seed. Judged by reading its texts, before any search had answered: whoever adds one says
 * what its answers are by what stands in them, and never looks at what a search finds first.
 */
export const queries: readonly Judged[] = [...spanish, ...english, ...ofLibrary, ...ofFiles, ...ofPeople];
