import { m } from '#i18n/messages.js';

const words: Readonly<Record<string, () => string>> = {
  'no-media-server': m.fact_no_media_server,
  'media-server-stale': m.fact_media_server_stale,
  'playing-stale': m.fact_playing_stale,
  'request-server-stale': m.fact_request_server_stale,
  'played-without-date': m.fact_watch_without_date,
  'watched-without-date': m.fact_watch_without_date,
  'not-in-media-server': m.fact_not_in_media_server,
  'unclear-in-media-server': m.fact_unclear_in_media_server,
  'size-not-told': m.fact_size_not_told,
  'size-not-plausible': m.fact_size_not_plausible,
  'file-date-not-told': m.fact_file_date_not_told,
  'no-import': m.fact_no_import,
  'date-not-readable': m.fact_date_not_readable,
  'root-folder-not-accessible': m.fact_root_folder,
  'disk-size-zero': m.fact_disk_size_zero,
  'disk-size-not-told': m.fact_disk_size_not_told,
  'disk-free-not-told': m.fact_disk_free_not_told,
  'disk-not-known': m.fact_disk_not_known,
  'disk-missing': m.fact_disk_missing,
  'not-here': m.fact_disk_missing,
  'not-readable': m.fact_disk_not_readable,
  'service-not-read': m.fact_service_not_read,
  'show-missing': m.fact_show_missing,
  'not-asked': m.fact_not_asked,
  'credits-not-asked': m.fact_credits_not_asked,
  'credits-not-told': m.fact_credits_not_told,
};

/** Why a fact is unknown, as the end of a sentence: "not known: the media server does not have it". */
export const factWords = (why: string): string => words[why]?.() ?? m.fact_other({ code: why });
