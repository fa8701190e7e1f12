import { m } from '#i18n/messages.js';
import type { WordList, Words } from '#ui/form-errors.ts';
import type { FieldError } from '#ui/form.ts';
import type { AddressProblem } from '../core/address.ts';
import type { ProbeProblem, ServiceKind } from '../core/connection.ts';

/** How the programs call themselves; `seerr` also answers as Jellyseerr or Overseerr. */
export const productNames: Readonly<Record<ServiceKind, string>> = {
  radarr: 'Radarr',
  sonarr: 'Sonarr',
  jellyfin: 'Jellyfin',
  emby: 'Emby',
  seerr: 'Seerr',
  jellystat: 'Jellystat',
  streamystats: 'Streamystats',
  tautulli: 'Tautulli',
  qbittorrent: 'qBittorrent',
  transmission: 'Transmission',
  deluge: 'Deluge',
};

export const kindTexts: Readonly<Record<ServiceKind, () => string>> = {
  radarr: m.service_kind_radarr,
  sonarr: m.service_kind_sonarr,
  jellyfin: m.service_kind_jellyfin,
  emby: m.service_kind_emby,
  seerr: m.service_kind_seerr,
  jellystat: m.service_kind_jellystat,
  streamystats: m.service_kind_streamystats,
  tautulli: m.service_kind_tautulli,
  qbittorrent: m.service_kind_qbittorrent,
  transmission: m.service_kind_transmission,
  deluge: m.service_kind_deluge,
};

/** Where each program shows its key, or lets one be made. */
export const keyTexts: Readonly<Record<ServiceKind, () => string>> = {
  radarr: m.service_key_where_radarr,
  sonarr: m.service_key_where_sonarr,
  jellyfin: m.service_key_where_jellyfin,
  emby: m.service_key_where_emby,
  seerr: m.service_key_where_seerr,
  jellystat: m.service_key_where_jellystat,
  streamystats: m.service_key_where_streamystats,
  tautulli: m.service_key_where_tautulli,
  qbittorrent: m.service_key_where_qbittorrent,
  transmission: m.service_key_where_transmission,
  deluge: m.service_key_where_deluge,
};

const text = (value: number | string | undefined): string => String(value ?? '');
const productOf = (kind: string): string => (kind in productNames ? productNames[kind as ServiceKind] : kind);

/** A code that is missing here does not compile. */
const probeWords: Readonly<Record<ProbeProblem['code'], Words>> = {
  'probe.key-refused': m.probe_key_refused,
  'probe.wrong-product': ({ expected, found }) =>
    m.probe_wrong_product({ expected: productOf(text(expected)), found: text(found) }),
  'probe.html-answer': m.probe_html_answer,
  'probe.redirected': ({ to }) => m.probe_redirected({ to: text(to) }),
  'probe.certificate-not-trusted': ({ reason }) => m.probe_certificate({ reason: text(reason) }),
  'probe.version-too-old': ({ found, needs }) => m.probe_too_old({ found: text(found), needs: text(needs) }),
  'probe.timed-out': ({ afterMs = 0 }) => m.probe_timed_out({ seconds: Math.round(Number(afterMs) / 1000) }),
  'probe.host-unknown': ({ host }) => m.probe_host_unknown({ host: text(host) }),
  'probe.metadata': ({ host }) => m.probe_metadata({ host: text(host) }),
  'probe.refused': ({ host }) => m.probe_refused({ host: text(host) }),
  'probe.csrf-protection-on': m.probe_csrf,
  'probe.locked-out': m.probe_locked_out,
  'probe.api-off': m.probe_api_off,
  'probe.not-set-up': m.probe_not_set_up,
  'probe.starting': m.probe_starting,
  'probe.server-error': ({ status }) => m.probe_server_error({ status: text(status) }),
  'probe.bad-answer': ({ what }) => m.probe_bad_answer({ what: text(what) }),
};

export const addressWords: Readonly<Record<AddressProblem['code'], Words>> = {
  'address.empty': m.address_empty,
  'address.scheme': m.address_scheme,
  'address.has-credentials': m.address_has_credentials,
  'address.has-query': m.address_has_query,
  'address.host': m.address_host,
  'address.ipv6-needs-brackets': m.address_ipv6,
  'address.port': m.address_port,
  'address.path': m.address_path,
  'address.metadata': m.address_metadata,
};

/** Everything that a form about a service can be refused with. */
export const connectionWords: WordList = {
  ...probeWords,
  ...addressWords,
  'connections.name-taken': m.connection_name_taken,
  'connections.key-required': m.connection_key_required,
  'connections.key-unreadable': m.connection_key_unreadable,
  'key-characters': m.connection_key_characters,
  'user-characters': m.connection_user_characters,
  'user-needs-password': m.connection_user_needs_password,
  'path-absolute': m.connection_path_absolute,
  'path-pair': m.connection_path_pair,
};

const paramsOf = ({ code: _code, ...params }: ProbeProblem): Record<string, number | string> => params;

export const probeText = (problem: ProbeProblem): string => probeWords[problem.code](paramsOf(problem));

/** What a failed test says is shown beside the field that can mend it; `''` is the whole form. */
const fieldToMend: Partial<Record<ProbeProblem['code'], 'url' | 'key'>> = {
  'probe.key-refused': 'key',
  'probe.wrong-product': 'url',
  'probe.html-answer': 'url',
  'probe.redirected': 'url',
  'probe.certificate-not-trusted': 'url',
  'probe.timed-out': 'url',
  'probe.host-unknown': 'url',
  'probe.metadata': 'url',
  'probe.refused': 'url',
};

export const probeErrors = (problem: ProbeProblem): Record<string, FieldError> => ({
  [fieldToMend[problem.code] ?? '']: { code: problem.code, params: paramsOf(problem) },
});

/** A refusal of the connections service; the address has a reason of its own. */
type Refusal = { code: string; field?: string; why?: string };

export function refusalErrors({ code, field, why }: Refusal): Record<string, FieldError> {
  if (code === 'connections.name-taken') return { name: { code } };
  return { [field ?? '']: { code: why ?? code } };
}

/** "Radarr", or "Radarr 2" when the name is taken. */
export function freeName(kind: ServiceKind, taken: readonly string[]): string {
  const product = productNames[kind];
  const names = [product, ...taken.map((_, index) => `${product} ${index + 2}`)];
  return names.find((name) => !taken.includes(name)) ?? product;
}
