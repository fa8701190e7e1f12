import { m } from '#i18n/messages.js';
import type { WordList } from '#ui/form-errors.ts';
import type { LinkProblem } from '../core/leaving-soon/link-problem.ts';
import type { LinkTest } from '../core/leaving-soon/link-state.ts';
import type { Surface } from '../core/policy/settings.ts';

export const surfaceWords: Readonly<Record<Surface, () => string>> = {
  collection: m.surface_collection,
  links: m.surface_links,
  both: m.surface_both,
  none: m.surface_none,
};

/** Beside the field of the folder. */
export const linkFieldWords: WordList = {
  'links.not-absolute': m.links_problem_absolute,
  'links.no-folder': m.links_problem_no_folder,
};

type Simple = Exclude<
  LinkProblem,
  { name: string } | { folder: string } | { reason: string } | { path: string } | { problem: unknown }
>;

const simple: Readonly<Record<Simple['code'], () => string>> = {
  'links.not-absolute': m.links_problem_absolute,
  'links.no-folder': m.links_problem_no_folder,
  'links.not-there': m.links_problem_not_there,
  'links.not-a-folder': m.links_problem_not_folder,
  'links.is-a-link': m.links_problem_is_link,
  'links.marker-gone': m.links_problem_marker_gone,
  'links.of-another': m.links_problem_another,
  'links.media-not-known': m.links_problem_media_unknown,
  'links.windows-paths': m.links_problem_windows,
};

export function linkProblemText(problem: LinkProblem): string {
  switch (problem.code) {
    case 'links.holds-other-things':
      return m.links_problem_other_things(problem);
    case 'links.among-media':
      return m.links_problem_among(problem);
    case 'links.refused':
      return m.links_problem_refused(problem);
    case 'links.occupied':
      return m.links_problem_occupied(problem);
    case 'links.library-taken':
      return m.links_problem_library_taken(problem);
    case 'links.media-server': {
      const { problem: step } = problem;
      return m.links_problem_server({ reason: 'reason' in step ? step.reason : step.what });
    }
    default:
      return simple[problem.code]();
  }
}

export function proofText({ name, proof }: LinkTest): string {
  switch (proof.is) {
    case 'proven':
      return m.links_proven({ name, file: proof.file });
    case 'file-not-seen':
      return m.links_file_not_seen({ name, file: proof.file });
    case 'folder-not-seen':
      return m.links_folder_not_seen({ name, folder: proof.folder });
    case 'not-followed':
      return m.links_not_followed({ name, file: proof.file });
    case 'not-provable':
      if (proof.here === null) return m.links_not_provable({ name });
      return proof.here
        ? m.links_not_provable_here({ name, file: proof.file })
        : m.links_not_provable_broken({ name, file: proof.file });
    case 'no-file':
      return m.links_no_file();
    case 'problem':
      return linkProblemText(proof.problem);
  }
}
