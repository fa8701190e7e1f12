/** What is put before a text, so that a model knows whether it is a question or what answers it. */
export type Prefixes = { query: string; passage: string };

const none: Prefixes = { query: '', passage: '' };

/** As the authors of each family say. E5 that takes instructions wants a sentence of its own, and no `query: `. */
const families: readonly { name: RegExp; prefixes: Prefixes }[] = [
  { name: /(^|[^a-z0-9])e5([^a-z0-9].*)?instruct/, prefixes: none },
  { name: /(^|[^a-z0-9])e5([^a-z0-9]|$)/, prefixes: { query: 'query: ', passage: 'passage: ' } },
  { name: /nomic-embed-text/, prefixes: { query: 'search_query: ', passage: 'search_document: ' } },
  {
    name: /embedding-?gemma/,
    prefixes: { query: 'task: search result | query: ', passage: 'title: none | text: ' },
  },
];

/** What the name of a model says about its prefixes; most models want none. */
export function prefixesOf(model: string): Prefixes {
  const name = model.toLowerCase();
  return families.find((family) => family.name.test(name))?.prefixes ?? none;
}
