export type Language = 'en' | 'es';

/** What one creator comes back to again and again. `{slot}` is filled once per post, so a post stays with its people. */
export type Topic = {
  key: string;
  tags: readonly string[];
  titles: readonly string[];
  sentences: readonly string[];
};

/** Hand-written sentences of one voice, from which its posts are put together. */
export type Material = {
  language: Language;
  slots: Readonly<Record<string, readonly string[]>>;
  openings: readonly string[];
  asides: readonly string[];
  closings: readonly string[];
  headings: readonly string[];
  topics: readonly Topic[];
};
