import { m } from '#i18n/messages.js';
import type { WordList } from '#ui/form-errors.ts';
import type { Drift } from '../core/post.ts';
import type { SourceProblem } from '../core/source-problem.ts';

/** What is wrong with a source, and what a person can do about it. */
export const sourceProblemWords: Readonly<Record<SourceProblem['code'], () => string>> = {
  'source.signed-out': m.source_problem_signed_out,
  'source.challenge': m.source_problem_challenge,
  'source.user-agent-refused': m.source_problem_user_agent,
  'source.rate-limited': m.source_problem_rate_limited,
  'source.server-error': m.source_problem_server,
  'source.timed-out': m.source_problem_unreachable,
  'source.unreachable': m.source_problem_unreachable,
  'source.folder-missing': m.source_problem_folder_missing,
  'source.folder-empty': m.source_problem_folder_empty,
  'source.creator-empty': m.source_problem_creator_empty,
  'source.folder-unreadable': m.source_problem_folder_unreadable,
  'source.bad-request': m.source_problem_other,
  'source.forbidden': m.source_problem_other,
  'source.not-found': m.source_problem_other,
  'source.suspended': m.source_problem_other,
  'source.bad-answer': m.source_problem_other,
  'source.aborted': m.source_problem_other,
};

/** Mistakes in the forms of a source, beside their field. */
export const sourceWords: WordList = {
  'sources.name-taken': m.source_error_name_taken,
  'sources.no-such-plugin': m.source_error_plugin,
  'sources.plugin-missing': m.source_error_plugin,
  'sources.has-posts': m.source_has_posts,
  'sources.credentials-unreadable': m.source_error_unusable,
  'sources.signed-out': m.source_problem_signed_out,
  'sources.user-agent-characters': m.source_error_user_agent,
  'sources.pauses-crossed': m.source_error_pauses,
  'sources.cron-not-readable': m.source_error_cron,
  'sources.time-zone-unknown': m.source_error_zone,
  'sources.size-not-readable': m.source_error_size,
  missing: m.source_error_missing,
  'another-cookie': m.source_error_another_cookie,
  'empty-value': m.source_error_empty,
  'cut-short': m.source_error_cut,
  'not-a-cookie': m.source_error_no_cookie,
  quoted: m.source_error_quoted,
  'not-absolute': m.source_error_absolute,
  'whole-machine': m.source_error_whole_machine,
};

/** The fields of the sign-ins that come with the program; one of somebody else's plugin is called by its own name. */
const fieldWords: Readonly<Record<string, { label: () => string; help: () => string }>> = {
  'patreon session_id': { label: m.source_patreon_session_id, help: m.source_patreon_session_id_help },
  'folder folder': { label: m.source_folder_folder, help: m.source_folder_folder_help },
  'pdf folder': { label: m.source_pdf_folder, help: m.source_pdf_folder_help },
  'pdf creator': { label: m.source_pdf_creator, help: m.source_pdf_creator_help },
};

/** What kinds of sources are called that are no brand. */
const pluginWords: Readonly<Record<string, () => string>> = {
  folder: m.source_plugin_folder,
  pdf: m.source_plugin_pdf,
};

export const pluginText = ({ id, name }: { id: string; name: string }): string => pluginWords[id]?.() ?? name;

export function credentialText(plugin: string, field: string): { label: string; help: string | undefined } {
  const known = fieldWords[`${plugin} ${field}`];
  return { label: known?.label() ?? field, help: known?.help() };
}

export const driftWords: Readonly<Record<Drift['what'], () => string>> = {
  post: m.source_drift_post,
  key: m.source_drift_key,
  'post-type': m.source_drift_post_type,
  node: m.source_drift_node,
  'media-type': m.source_drift_media_type,
};
