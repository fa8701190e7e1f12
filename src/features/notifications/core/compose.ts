import type { ItemId } from '#core/ids.ts';
import type { Language } from './channel.ts';
import { episodesText } from './episodes.ts';
import type {
  ExpiringSource,
  LeavingTitle,
  Notice,
  PlanNews,
  RunNews,
  StoppedRun,
  StoppedSource,
  WaitingRun,
} from './event.ts';
import { bytesText, countText, dayText } from './format.ts';
import type { Message, MessageLine, MessageLink } from './message.ts';
import type { Count } from './notice-words.ts';
import { wordsIn } from './words.ts';

type Said = Omit<Message, 'language'>;

export type Composing = {
  language: Language;
  /** How people reach the pages, without a slash at the end; null: messages carry no links. */
  publicUrl: string | null;
  /** For the message to one person: the link that keeps each item. */
  keepLinks?: ReadonlyMap<ItemId, string>;
};

/** Title, lines and link of a message, whatever service it goes through. */
export const compose = (notice: Notice, how: Composing): Message => ({
  language: how.language,
  ...say(notice, how),
});

function say(notice: Notice, how: Composing): Said {
  switch (notice.topic) {
    case 'plan-made':
      return aboutPlans(notice.plans, how);
    case 'leaving-soon':
      return aboutLeaving(notice.titles, how);
    case 'run-done':
      return aboutRun(notice.run, how);
    case 'run-stopped':
      return aboutStop(notice.run, how);
    case 'run-waiting':
      return aboutWaiting(notice.run, how);
    case 'service-down':
    case 'service-up':
      return aboutServices(notice, how);
    case 'source-stopped':
      return aboutStoppedSource(notice.source, how);
    case 'source-expiring':
      return aboutExpiringSource(notice.source, how);
    case 'requested-leaving':
      return aboutRequested(notice, how);
    default:
      return notice satisfies never;
  }
}

const counted = (count: number, { language }: Composing): Count => ({
  count,
  text: countText(count, language),
});

const linkTo = ({ publicUrl, language }: Composing, path: string): MessageLink | null =>
  publicUrl === null ? null : { label: wordsIn(language).open, url: publicUrl + path };

function aboutPlans(plans: readonly PlanNews[], how: Composing): Said {
  const words = wordsIn(how.language);
  const planLines = plans.flatMap((plan): string[] => {
    const { policyName: policy, remove, leavingSoon, trips } = plan;
    const numbers = {
      policy,
      titles: words.titles(counted(remove.items, how)),
      bytes: bytesText(remove.bytes, how.language),
      leaving: countText(leavingSoon.items, how.language),
    };
    const isIdle = remove.items + leavingSoon.items === 0;
    return [
      isIdle ? words.planNothing(policy) : words.planWouldRemove(numbers),
      ...(trips.length > 0
        ? [words.planStopped({ policy, checks: words.and(trips.map(words.reason)) })]
        : []),
    ];
  });
  const isDry = plans.some((plan) => !plan.armed);
  return {
    title: words.planTitle(counted(plans.length, how)),
    lines: [...planLines, ...(isDry ? [words.planDry] : [])].map(asLine),
    link: linkTo(how, '/schedules'),
    isUrgent: false,
  };
}

const asLine = (text: string): MessageLine => ({ text });

/** A title of unusual length must not take the place of ten others. */
const LONGEST_TITLE = 120;

function nameOf({ title, year, seasonNumber, episodes = [] }: LeavingTitle, { language }: Composing): string {
  const cut = title.length > LONGEST_TITLE ? `${title.slice(0, LONGEST_TITLE - 1)}…` : title;
  const named = year === null ? cut : `${cut} (${year})`;
  if (episodes.length > 0) return `${named} · ${episodesText(episodes)}`;
  return seasonNumber === null ? named : `${named}, ${wordsIn(language).season(seasonNumber)}`;
}

const leavingLine = (title: LeavingTitle, how: Composing): string =>
  wordsIn(how.language).leavingLine({
    title: nameOf(title, how),
    day: dayText(title.dueAt, how.language),
    bytes: title.bytes === null ? null : bytesText(title.bytes, how.language),
  });

function aboutLeaving(titles: readonly LeavingTitle[], how: Composing): Said {
  return {
    title: wordsIn(how.language).leavingTitle(counted(titles.length, how)),
    lines: titles.map((title) => ({ text: leavingLine(title, how) })),
    link: linkTo(how, '/leaving'),
    isUrgent: false,
  };
}

function aboutRequested(
  { person, titles }: { person: string; titles: readonly LeavingTitle[] },
  how: Composing,
): Said {
  const words = wordsIn(how.language);
  const lines = titles.map((title): MessageLine => {
    const url = how.keepLinks?.get(title.itemId);
    const text = leavingLine(title, how);
    return url === undefined ? { text } : { text, link: { label: words.keep, url } };
  });
  const hasLinks = lines.some(({ link }) => link !== undefined);
  return {
    title: words.requestedTitle(counted(titles.length, how)),
    lines: [asLine(words.requestedIntro(person)), ...lines, ...(hasLinks ? [asLine(words.keepNote)] : [])],
    link: null,
    isUrgent: false,
  };
}

function aboutRun(run: RunNews, how: Composing): Said {
  const words = wordsIn(how.language);
  const isDry = run.mode === 'dry';
  const titles = words.titles(counted(run.items, how));
  const lines = [
    words.runOf(run.policyName),
    ...(run.failed > 0 ? [words.runFailed(counted(run.failed, how))] : []),
    ...(run.leftAlone > 0 ? [words.runLeftAlone(counted(run.leftAlone, how))] : []),
    ...(run.cutShort === null ? [] : [words.runCutShort(words.reason(run.cutShort))]),
    ...(isDry ? [words.runDry] : []),
  ];
  return {
    title: words.runTitle({ titles, bytes: bytesText(run.bytes, how.language), isDry }),
    lines: lines.map(asLine),
    link: linkTo(how, `/schedules/runs/${encodeURIComponent(run.runId)}`),
    isUrgent: run.failed > 0 || run.cutShort !== null,
  };
}

function aboutWaiting({ policyId, policyName, items, bytes }: WaitingRun, how: Composing): Said {
  const words = wordsIn(how.language);
  const titles = words.titles(counted(items, how));
  return {
    title: words.waitingTitle(policyName),
    lines: [words.waitingFor({ titles, bytes: bytesText(bytes, how.language) }), words.stoppedNothing].map(
      asLine,
    ),
    link: linkTo(how, `/schedules/${encodeURIComponent(policyId)}/plan`),
    isUrgent: false,
  };
}

function aboutStop(run: StoppedRun, how: Composing): Said {
  const words = wordsIn(how.language);
  return {
    title: words.stoppedTitle(run.policyName),
    lines: [...run.because.map(words.reason).map(capitalised), words.stoppedNothing].map(asLine),
    link: linkTo(how, `/schedules/runs/${encodeURIComponent(run.runId)}`),
    isUrgent: true,
  };
}

const capitalised = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;

function aboutServices(
  notice: Extract<Notice, { topic: 'service-down' | 'service-up' }>,
  how: Composing,
): Said {
  const words = wordsIn(how.language);
  const names = words.and(notice.services.map(({ name }) => name));
  const link = linkTo(how, '/settings/services');
  if (notice.topic === 'service-up')
    return { title: words.upTitle(names, notice.services.length), lines: [], link, isUrgent: false };
  const whys = notice.services.map(({ name, why }) =>
    words.downWhy({ name, why: why === null ? null : words.reason(why) }),
  );
  return {
    title: words.downTitle(names, notice.services.length),
    lines: [...whys, words.downMeans].map(asLine),
    link,
    isUrgent: true,
  };
}

const linkToSource = (how: Composing, id: string) =>
  linkTo(how, `/settings/sources/${encodeURIComponent(id)}`);

function aboutStoppedSource({ id, name, why }: StoppedSource, how: Composing): Said {
  const words = wordsIn(how.language);
  return {
    title: words.sourceStoppedTitle(name),
    lines: [words.sourceStoppedWhy(words.reason(why)), words.sourceAdvice(why), words.sourceKept].map(asLine),
    link: linkToSource(how, id),
    isUrgent: true,
  };
}

function aboutExpiringSource({ id, name, expiresAt }: ExpiringSource, how: Composing): Said {
  const words = wordsIn(how.language);
  return {
    title: words.sourceExpiringTitle(name),
    lines: [asLine(words.sourceExpiringWhy(dayText(new Date(expiresAt), how.language)))],
    link: linkToSource(how, id),
    isUrgent: false,
  };
}

/** Many messages at once become one, so that nobody's telephone rings for an hour. */
export function composeDigest(messages: readonly Message[], { language, publicUrl }: Composing): Message {
  return {
    language,
    title: wordsIn(language).digestTitle(messages.length),
    lines: messages.flatMap(({ title, lines }) => [asLine(title), ...lines.slice(0, 5)]),
    link: linkTo({ language, publicUrl }, '/'),
    isUrgent: messages.some(({ isUrgent }) => isUrgent),
  };
}

export const composeTest = (channel: string, { language, publicUrl }: Composing): Message => ({
  language,
  title: wordsIn(language).testTitle,
  lines: [asLine(wordsIn(language).testLine(channel))],
  link: linkTo({ language, publicUrl }, '/'),
  isUrgent: false,
});
