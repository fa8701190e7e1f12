/** Numbers come formatted; `count` only chooses between one and many. */
export type Count = { count: number; text: string };

/** What messages say. They are written when they are sent, in the language of the channel, and not of whoever looks at a page. */
export type NoticeWords = {
  titles: (count: Count) => string;
  planTitle: (count: Count) => string;
  planWouldRemove: (what: { policy: string; titles: string; bytes: string; leaving: string }) => string;
  planNothing: (policy: string) => string;
  planDry: string;
  planStopped: (what: { policy: string; checks: string }) => string;
  leavingTitle: (count: Count) => string;
  leavingLine: (what: { title: string; day: string; bytes: string | null }) => string;
  season: (number: number) => string;
  runTitle: (what: { titles: string; bytes: string; isDry: boolean }) => string;
  runOf: (policy: string | null) => string;
  runFailed: (count: Count) => string;
  runLeftAlone: (count: Count) => string;
  runCutShort: (why: string) => string;
  runDry: string;
  waitingTitle: (policy: string | null) => string;
  waitingFor: (what: { titles: string; bytes: string }) => string;
  stoppedTitle: (policy: string | null) => string;
  stoppedNothing: string;
  downTitle: (names: string, count: number) => string;
  downWhy: (what: { name: string; why: string | null }) => string;
  downMeans: string;
  upTitle: (names: string, count: number) => string;
  sourceStoppedTitle: (source: string) => string;
  sourceStoppedWhy: (why: string) => string;
  /** What a person can do, by the code of the problem. */
  sourceAdvice: (code: string) => string;
  sourceKept: string;
  sourceExpiringTitle: (source: string) => string;
  sourceExpiringWhy: (day: string) => string;
  requestedTitle: (count: Count) => string;
  requestedIntro: (person: string) => string;
  keep: string;
  keepNote: string;
  open: string;
  and: (names: readonly string[]) => string;
  more: (count: number) => string;
  digestTitle: (count: number) => string;
  testTitle: string;
  testLine: (channel: string) => string;
  /** A check or a fault by its code; the code itself when nobody gave it words. */
  reason: (code: string) => string;
};
