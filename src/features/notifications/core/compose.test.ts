import { describe, expect, test } from 'vitest';
import type { ConnectionId, ItemId, PolicyId } from '#core/ids.ts';
import { aPlan, aRun, aTitle, titles } from './build.fake.ts';
import { compose, composeDigest } from './compose.ts';
import type { Notice } from './event.ts';
import { fitLines, plainLine } from './fit.ts';
import { waitBeforeRetry } from './send-problem.ts';
import { judgeChecks, type CheckedService } from './service-checks.ts';

const english = { language: 'en', publicUrl: 'https://keep.example.org' } as const;
const spanish = { ...english, language: 'es' } as const;
const textOf = (notice: Notice, how: Parameters<typeof compose>[1] = english) => {
  const { title, lines } = compose(notice, how);
  return [title, ...lines.map(({ text }) => text)].join('\n');
};

describe('C-19: a message', () => {
  test('about plans tells the numbers, and why a run would be stopped', () => {
    const plans = [
      aPlan(),
      aPlan({ policyName: 'Series', armed: false, trips: ['breaker.candidates-jumped'] }),
    ];
    const text = textOf({ topic: 'plan-made', plans });
    expect(text).toContain('Films: 3 titles would go, 30 GB free again; 5 leaving soon.');
    expect(text).toContain('Series: a run would be stopped, because far more would go');
    expect(text).toContain('Dry run');
  });

  test('about a run tells what went, what failed and what was left alone', () => {
    const run = aRun({ items: 1, failed: 2, leftAlone: 1, cutShort: 'Radarr' });
    const text = textOf({ topic: 'run-done', run });
    expect(text).toContain('1 title removed, 30 GB free again');
    expect(text).toContain('2 titles could not be removed.');
    expect(text).toContain('given up half-way: Radarr failed again and again');
    expect(compose({ topic: 'run-done', run }, english).isUrgent).toBe(true);
  });

  test('about a dry run never says that something was removed', () => {
    const text = textOf({ topic: 'run-done', run: aRun({ mode: 'dry' }) });
    expect(text).toContain('Dry run: 3 titles would go');
    expect(text).not.toContain('removed');
  });

  test('about a run that was stopped says which check it was', () => {
    const run = { ...aRun(), because: ['breaker.source-failed', 'some.new-code'] };
    const text = textOf({ topic: 'run-stopped', run });
    expect(text).toContain(
      'Clean-up stopped: Films\nA service could not be read.\nSome.new-code.\nNothing was removed.',
    );
  });

  test('about a plan that waits says what would go and where to answer', () => {
    const run = { ...aRun(), policyId: 'p1' as PolicyId, items: 3, bytes: 9_000_000_000 };
    const text = textOf({ topic: 'run-waiting', run });
    expect(text).toContain('Waits for your approval: Films\n3 titles would go, 9 GB.');
  });

  test('speaks the language of its channel', () => {
    const notice: Notice = { topic: 'leaving-soon', titles: titles(2, { seasonNumber: 2 }) };
    expect(textOf(notice, spanish)).toMatch(
      /2 títulos se irán pronto\nFilm 1 \(2021\), Temporada 2 – .*diciembre.* \(12 GB\)/,
    );
    expect(textOf(notice)).toMatch(/2 titles leave soon\nFilm 1 \(2021\), Season 2 – .*December/);
  });

  test('names the episodes of a file, the same in every language (T-05)', () => {
    const episodes = [5, 6].map((episodeNumber) => ({ seasonNumber: 2, episodeNumber }));
    const notice: Notice = { topic: 'leaving-soon', titles: titles(1, { seasonNumber: 2, episodes }) };
    expect(textOf(notice)).toContain('Film 1 (2021) · 2×05, 2×06 – ');
    expect(textOf(notice, spanish)).toContain('Film 1 (2021) · 2×05, 2×06 – ');
  });

  test('to a requester holds one link for each title', () => {
    const asked = titles(2);
    const keepLinks = new Map(asked.map(({ itemId }) => [itemId, `https://keep.example.org/keep/${itemId}`]));
    const { lines } = compose(
      { topic: 'requested-leaving', person: 'Ana', titles: asked },
      { ...english, keepLinks },
    );
    expect(lines.flatMap(({ link }) => link?.url ?? [])).toEqual([...keepLinks.values()]);
  });

  test('holds no link at all while nobody said how this server is reached', () => {
    const notices: Notice[] = [
      { topic: 'leaving-soon', titles: [aTitle()] },
      { topic: 'requested-leaving', person: 'Ana', titles: [aTitle()] },
      { topic: 'run-done', run: aRun() },
    ];
    for (const notice of notices) {
      const { link, lines } = compose(notice, { language: 'en', publicUrl: null });
      expect([link, ...lines.map((line) => line.link)].filter(Boolean)).toEqual([]);
    }
  });

  test('that stands for many says the title of each', () => {
    const messages = titles(4).map((title) => compose({ topic: 'leaving-soon', titles: [title] }, english));
    const digest = composeDigest(messages, english);
    expect(digest.title).toBe('4 messages from KeeperCheky');
    expect(digest.lines.filter(({ text }) => text === '1 title leaves soon')).toHaveLength(4);
  });
});

test('what does not fit is counted, to the line', () => {
  const lines = Array.from({ length: 100 }, (_, index) => ({ text: `line ${index}` }));
  for (const limit of [30, 100, 500, 750]) {
    const fitted = fitLines({ lines, language: 'en' }, { render: plainLine, limit });
    expect(fitted.length).toBeLessThanOrEqual(limit);
    const shown = fitted.split('\n').filter((line) => line.startsWith('line')).length;
    expect(fitted).toContain(`and ${100 - shown} more`);
  }
  expect(fitLines({ lines, language: 'en' }, { render: plainLine, limit: 10_000 })).not.toContain('more');
});

describe('a service', () => {
  const check = (isUp: boolean, name = 'Radarr') => ({
    id: name as ConnectionId,
    name,
    isUp,
    why: isUp ? null : 'probe.timed-out',
  });
  const topicsOver = (answers: readonly boolean[]) => {
    let known: readonly CheckedService[] = [];
    return answers.map((isUp) => {
      const { states, notices } = judgeChecks(known, [check(isUp)]);
      known = states;
      return notices.map(({ topic }) => topic).join();
    });
  };

  test('is down after two tests that failed, told once, and up again once', () => {
    expect(topicsOver([true, false, false, false, false, true, true])).toEqual([
      '',
      '',
      'service-down',
      '',
      '',
      'service-up',
      '',
    ]);
  });

  test('that comes and goes is no news', () => {
    expect(topicsOver([false, true, false, true, false]).join('')).toBe('');
  });

  test('that goes down with others is told in one message', () => {
    const checks = ['Radarr', 'Sonarr', 'Jellyfin'].map((name) => check(false, name));
    const { notices } = judgeChecks(judgeChecks([], checks).states, checks);
    expect(notices).toHaveLength(1);
    expect(textOf(notices[0] as Notice)).toContain('Radarr, Sonarr, and Jellyfin do not answer');
  });
});

describe('a message that could not be sent', () => {
  test('is tried again later and later, and then given up', () => {
    const waits = Array.from({ length: 8 }, (_, tries) =>
      waitBeforeRetry(tries + 1, { code: 'send.refused', host: 'x' }),
    );
    expect(waits.slice(0, 7)).toEqual([...waits.slice(0, 7)].sort((a, b) => Number(a) - Number(b)));
    expect(waits[7]).toBeNull();
  });

  test('waits as long as the service asked for, and longer when we would', () => {
    expect(waitBeforeRetry(1, { code: 'send.rate-limited', retryAfterMs: 90_000 })).toBe(90_000);
    expect(waitBeforeRetry(1, { code: 'send.rate-limited', retryAfterMs: 1_000 })).toBe(30_000);
  });

  test('is not tried again with a token that was refused', () => {
    expect(waitBeforeRetry(1, { code: 'send.secret-refused' })).toBeNull();
  });
});

test('an item id is only used as a key, never shown', () => {
  const text = textOf({ topic: 'leaving-soon', titles: [aTitle({ itemId: 'c0000001-99' as ItemId })] });
  expect(text).not.toContain('c0000001');
});
