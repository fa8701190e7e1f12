import { m } from '#i18n/messages.js';
import { getLocale } from '#i18n/runtime.js';
import { formatBytes, formatDuration } from '#ui/format.ts';
import type { DownloadProblem, FileRefusal } from '../core/media.ts';

type Code = DownloadProblem['code'];
type Words = { [C in Code]: (problem: Extract<DownloadProblem, { code: C }>) => string };

const bytes = (size: number) => formatBytes(size, getLocale());

/** What went wrong on the way to the host of a file, as far as it has a name; the rest is said as it came. */
const hostReasons: Readonly<Record<string, (host: { host: string }) => string>> = {
  'timed out': m.archive_download_host_timed_out,
  'unknown host': m.archive_download_host_unknown,
};

const refusals: Readonly<Record<FileRefusal, () => string>> = {
  unreadable: m.archive_download_unreadable,
  outside: m.archive_download_outside,
  'no-file': m.archive_download_no_file,
};

/** A problem that has no words here does not compile. */
const words: Words = {
  'source.signed-out': () => m.archive_download_signed_out(),
  'source.challenge': () => m.archive_download_challenge(),
  'source.user-agent-refused': () => m.archive_download_user_agent(),
  'source.rate-limited': () => m.archive_download_rate_limited(),
  'source.bad-request': () => m.archive_download_bad_request(),
  'source.forbidden': () => m.archive_download_forbidden(),
  'source.not-found': () => m.archive_download_not_found(),
  'source.suspended': () => m.archive_download_suspended(),
  'source.server-error': ({ status }) => m.archive_download_server_error({ status }),
  'source.bad-answer': () => m.archive_download_bad_answer(),
  'source.timed-out': ({ afterMs }) =>
    m.archive_download_timed_out({ time: formatDuration(afterMs, getLocale()) }),
  'source.unreachable': () => m.archive_download_unreachable(),
  'source.folder-missing': () => m.archive_download_folder_missing(),
  'source.folder-empty': () => m.archive_download_folder_missing(),
  'source.creator-empty': () => m.archive_download_folder_missing(),
  'source.folder-unreadable': () => m.archive_download_unreadable(),
  'source.aborted': () => m.archive_download_aborted(),
  'download.wrong-type': ({ found, expected }) => m.archive_download_wrong_type({ found, expected }),
  'download.wrong-length': ({ gotBytes, expectedBytes }) =>
    m.archive_download_wrong_length({ got: bytes(gotBytes), expected: bytes(expectedBytes) }),
  'download.empty': () => m.archive_download_empty(),
  'download.drm': () => m.archive_download_drm(),
  'download.too-large': ({ limitBytes }) => m.archive_download_too_large({ limit: bytes(limitBytes) }),
  'download.program-missing': ({ program }) => m.archive_download_program_missing({ program }),
  'download.program-failed': ({ program }) => m.archive_download_program({ program }),
  'download.unsupported-host': ({ host }) => m.archive_download_unsupported_host({ host }),
  'download.host-failed': ({ host, reason }) =>
    hostReasons[reason]?.({ host }) ?? m.archive_download_host_failed({ host, reason }),
  'download.file-refused': ({ why }) => refusals[why](),
  'download.file-changing': () => m.archive_download_changing(),
  'download.not-offered': () => m.archive_download_not_offered(),
  'download.disk-full': () => m.archive_download_disk_full(),
  'download.store-missing': () => m.archive_download_store_missing(),
};

/** Short: it stands inside the sentence of a gap. */
export const downloadText = (problem: DownloadProblem): string =>
  (words[problem.code] as (problem: DownloadProblem) => string)(problem);
