import { m } from '#i18n/messages.js';
import type { WordList, Words } from '#ui/form-errors.ts';
import type { FieldError } from '#ui/form.ts';
import { addressWords } from '#features/connections/ui/words.ts';
import type { ChannelKind, Topic } from '../core/channel.ts';
import type { Notice } from '../core/event.ts';
import type { SendProblem } from '../core/send-problem.ts';

export const kindNames: Readonly<Record<ChannelKind, () => string>> = {
  email: m.notify_kind_email,
  discord: m.notify_kind_discord,
  telegram: m.notify_kind_telegram,
  ntfy: m.notify_kind_ntfy,
  gotify: m.notify_kind_gotify,
  webhook: m.notify_kind_webhook,
};

export const topicNames: Readonly<Record<Topic, () => string>> = {
  'plan-made': m.notify_topic_plan_made,
  'leaving-soon': m.notify_topic_leaving_soon,
  'run-done': m.notify_topic_run_done,
  'run-stopped': m.notify_topic_run_stopped,
  'run-waiting': m.notify_topic_run_waiting,
  'service-down': m.notify_topic_service_down,
  'service-up': m.notify_topic_service_up,
  'source-stopped': m.notify_topic_source_stopped,
  'source-expiring': m.notify_topic_source_expiring,
};

/** What a message was about, as its line in the list says it. */
export const noticeName = (about: { topic: Notice['topic']; person: string | null }): string =>
  about.topic === 'requested-leaving'
    ? m.notify_topic_requested_leaving({ person: about.person ?? '' })
    : topicNames[about.topic]();

const text = (value: number | string | undefined): string => String(value ?? '');
const seconds = (ms: number | string | undefined): number => Math.round(Number(ms ?? 0) / 1000);

/** A code that is missing here does not compile. */
const sendWords: Readonly<Record<SendProblem['code'], Words>> = {
  'send.secret-refused': m.send_secret_refused,
  'send.not-found': ({ reason }) => m.send_not_found({ reason: text(reason) }),
  'send.rejected': ({ reason }) => m.send_rejected({ reason: text(reason) }),
  'send.address-refused': ({ address, reason }) =>
    m.send_address_refused({ address: text(address), reason: text(reason) }),
  'send.rate-limited': ({ retryAfterMs }) =>
    retryAfterMs === undefined
      ? m.send_rate_limited()
      : m.send_rate_limited_for({ seconds: seconds(retryAfterMs) }),
  'send.timed-out': ({ afterMs }) => m.send_timed_out({ seconds: seconds(afterMs) }),
  'send.host-unknown': ({ host }) => m.send_host_unknown({ host: text(host) }),
  'send.metadata': ({ host }) => m.probe_metadata({ host: text(host) }),
  'send.refused': ({ host }) => m.send_refused({ host: text(host) }),
  'send.certificate-not-trusted': ({ reason }) => m.send_certificate({ reason: text(reason) }),
  'send.no-encryption': m.send_no_encryption,
  'send.redirected': ({ to }) => m.send_redirected({ to: text(to) }),
  'send.another-program': ({ reason }) => m.send_another_program({ reason: text(reason) }),
  'send.server-error': ({ status, reason }) =>
    m.send_server_error({ status: text(status), reason: text(reason) }),
  'send.unreachable': ({ reason }) => m.send_unreachable({ reason: text(reason) }),
  'send.secret-unreadable': m.send_secret_unreadable,
  'send.channel-off': m.send_channel_off,
};

/** Everything that a form about a channel can be refused with. */
export const notificationWords: WordList = {
  ...sendWords,
  ...addressWords,
  'notifications.name-taken': m.notify_error_name_taken,
  'notifications.bad-secret': m.notify_error_bad_secret,
  'notifications.secret-required': m.notify_error_secret_required,
  'notifications.bad-chat': m.notify_error_bad_chat,
  'notifications.bad-topic': m.notify_error_bad_topic,
};

function paramsOf({ code: _code, ...facts }: SendProblem): Record<string, number | string> {
  return Object.fromEntries(
    Object.entries(facts).filter((entry): entry is [string, number | string] => entry[1] !== null),
  );
}

export const sendText = (problem: SendProblem): string => sendWords[problem.code](paramsOf(problem));

/** What a failed test says stands beside the field that can mend it; `''` is the whole form. */
const fieldToMend: Partial<Record<SendProblem['code'], string>> = { 'send.secret-refused': 'secret' };

export const sendErrors = (problem: SendProblem): Record<string, FieldError> => ({
  [fieldToMend[problem.code] ?? '']: { code: problem.code, params: paramsOf(problem) },
});

/** A refusal of the service; an address has a reason of its own. */
export function refusalErrors({
  code,
  field,
  why,
}: {
  code: string;
  field?: string;
  why?: string;
}): Record<string, FieldError> {
  if (code === 'notifications.name-taken') return { name: { code } };
  return { [field ?? '']: { code: why ?? code } };
}
