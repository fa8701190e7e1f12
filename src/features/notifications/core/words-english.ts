import type { Count, NoticeWords } from './notice-words.ts';

const many = ({ count, text }: Count, one: string, more: string): string =>
  `${text} ${count === 1 ? one : more}`;

const reasons: Readonly<Record<string, string>> = {
  'breaker.source-stale': 'a service has not been read for too long',
  'breaker.source-failed': 'a service could not be read',
  'breaker.source-empty': 'a service says that it is empty',
  'breaker.source-missing': 'a service that is needed is missing',
  'breaker.disk-unknown': 'nobody knows how full a disk is',
  'breaker.candidates-jumped': 'far more would go than at the last plan',
  'breaker.tags-unknown': 'nobody could be asked which tags exist',
  'breaker.exclusion-tag-missing': 'a tag that protects exists nowhere',
  'cleanup.library-busy': 'the library was busy',
  'cleanup.policy-not-found': 'the schedule is gone',
  'plan.exceeds-cap-items': 'the plan takes more titles than the schedule allows',
  'plan.exceeds-cap-bytes': 'the plan takes more space than the schedule allows',
  'plan.exceeds-cap-library': 'the plan takes more of the library than the schedule allows',
  'cleanup.no-library': 'the library could not be read',
  request: 'the request server',
  'media-server': 'the media server',
  'step.unreachable': 'a service did not answer',
  'step.refused': 'a service refused',
  'probe.key-refused': 'the key is refused',
  'probe.timed-out': 'no answer in time',
  'probe.refused': 'nobody listens there',
  'probe.host-unknown': 'the name of the server is not known',
  'probe.metadata': 'its name leads to an address that no service has',
  'probe.server-error': 'it answers with an error',
  'probe.starting': 'it is still starting',
  'source.signed-out': 'its sign-in is not accepted any more',
  'source.challenge': 'it wants to see a browser and a person (Cloudflare)',
  'source.user-agent-refused': 'it calls the program that we say we are too old',
  'source.rate-limited': 'it wants fewer questions',
  'source.server-error': 'it answers with an error',
  'source.timed-out': 'no answer in time',
  'source.unreachable': 'it cannot be reached',
  'source.folder-missing': 'its folder is not there; its disk may not be mounted',
  'source.folder-empty': 'its folder is empty; its disk may not be mounted',
  'source.folder-unreadable': 'the program may not read its folder',
  'source.bad-answer': 'its answer cannot be read',
};

const advice: Readonly<Record<string, string>> = {
  'source.signed-out': 'Sign in with your browser and paste the new cookie in Settings → Sources.',
  'source.challenge': 'Open the site once in your browser, on the same network, and leave longer pauses.',
  'source.user-agent-refused': 'Enter the user agent of your browser in the settings of the source.',
};

export const english: NoticeWords = {
  titles: (count) => many(count, 'title', 'titles'),
  planTitle: (count) => (count.count === 1 ? 'A new clean-up plan' : `${count.text} new clean-up plans`),
  planWouldRemove: ({ policy, titles, bytes, leaving }) =>
    `${policy}: ${titles} would go, ${bytes} free again; ${leaving} leaving soon.`,
  planNothing: (policy) => `${policy}: nothing to remove.`,
  planDry: 'Dry run: nothing is removed until the schedule is armed.',
  planStopped: ({ policy, checks }) => `${policy}: a run would be stopped, because ${checks}.`,
  leavingTitle: (count) => `${many(count, 'title leaves', 'titles leave')} soon`,
  leavingLine: ({ title, day, bytes }) => `${title} – ${day}${bytes === null ? '' : ` (${bytes})`}`,
  season: (number) => (number === 0 ? 'Specials' : `Season ${number}`),
  runTitle: ({ titles, bytes, isDry }) =>
    isDry ? `Dry run: ${titles} would go, ${bytes}` : `${titles} removed, ${bytes} free again`,
  runOf: (policy) => (policy === null ? 'Removed by hand.' : `Schedule: ${policy}`),
  runFailed: (count) => `${many(count, 'title', 'titles')} could not be removed.`,
  runLeftAlone: (count) => `${many(count, 'title was', 'titles were')} left alone: something had changed.`,
  runCutShort: (why) => `The run was given up half-way: ${why} failed again and again.`,
  runDry: 'Nothing was changed.',
  waitingTitle: (policy) => (policy === null ? 'A plan waits for you' : `Waits for your approval: ${policy}`),
  waitingFor: ({ titles, bytes }) => `${titles} would go, ${bytes}.`,
  stoppedTitle: (policy) => (policy === null ? 'A clean-up was stopped' : `Clean-up stopped: ${policy}`),
  stoppedNothing: 'Nothing was removed.',
  downTitle: (names, count) => `${names} ${count === 1 ? 'does' : 'do'} not answer`,
  downWhy: ({ name, why }) => (why === null ? name : `${name}: ${why}`),
  downMeans: 'Until then nothing is removed that depends on it.',
  upTitle: (names, count) => `${names} ${count === 1 ? 'answers' : 'answer'} again`,
  sourceStoppedTitle: (source) => `${source} has stopped`,
  sourceStoppedWhy: (why) => `Nothing new is archived: ${why}.`,
  sourceAdvice: (code) => advice[code] ?? 'It goes on by itself as soon as it can.',
  sourceKept: 'Everything that is archived stays.',
  sourceExpiringTitle: (source) => `The sign-in of ${source} ends soon`,
  sourceExpiringWhy: (day) =>
    `It is good until ${day}. Paste a new cookie in Settings → Sources before that.`,
  requestedTitle: (count) =>
    count.count === 1
      ? 'Something you asked for leaves soon'
      : `${count.text} titles you asked for leave soon`,
  requestedIntro: (person) => `Hello ${person}. This will be removed to make room:`,
  keep: 'Keep it',
  keepNote: 'Each link works once.',
  open: 'Open KeeperCheky',
  and: (names) => new Intl.ListFormat('en').format(names),
  more: (count) => `… and ${count} more`,
  digestTitle: (count) => `${count} messages from KeeperCheky`,
  testTitle: 'A test from KeeperCheky',
  testLine: (channel) => `The channel “${channel}” works.`,
  reason: (code) => reasons[code] ?? code,
};
