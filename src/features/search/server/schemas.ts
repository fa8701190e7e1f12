import { z } from '@hono/zod-openapi';
import { parts } from '../core/document.ts';
import { modeAliases, modes, readMode } from '../core/mode.ts';

const MOST_PAGES = 50;

export const searchQuery = z.object({
  q: z.string().max(20_000).default('').openapi({
    description: 'Words, "phrases", -without, OR, begin*, and filters such as creator:ana in:comments',
  }),
  mode: z
    .enum([...modes, ...Object.keys(modeAliases)])
    .default('auto')
    .transform((mode) => readMode(mode) ?? 'auto')
    .openapi({
      description:
        'What should answer: `words` (fulltext), `meaning` (semantic) or `both` (hybrid); `auto` asks keywords of the words, and questions and sentences of both. `layers` of the answer says what did.',
    }),
  page: z.coerce.number().int().min(1).max(MOST_PAGES).default(1),
});

const locator = z
  .discriminatedUnion('at', [
    z.object({ at: z.literal('start') }),
    z.object({ at: z.literal('block'), block: z.number().int() }),
    z.object({ at: z.literal('comment'), comment: z.string() }),
    z.object({ at: z.literal('page'), media: z.string(), page: z.number().int() }),
    z.object({ at: z.literal('said'), media: z.string(), fromMs: z.number().int() }),
  ])
  .openapi('Locator');

const kind = z.enum(['post', 'item']);

const passage = z.object({
  part: z.enum(parts),
  locator,
  href: z.string().openapi({ description: 'The page that opens there' }),
  snippet: z.array(z.object({ text: z.string(), isHit: z.boolean() })),
});

const found = z
  .object({
    kind,
    id: z.string(),
    title: z.string(),
    type: z.string(),
    creator: z.object({ id: z.string(), name: z.string() }).nullable(),
    source: z.string().nullable(),
    at: z.iso.datetime().nullable(),
    href: z.string(),
    passages: z.array(passage),
  })
  .openapi('FoundDocument');

const facet = z.array(z.object({ value: z.string(), count: z.number().int() }));

const issue = z
  .object({
    code: z.enum([
      'too-long',
      'too-many-words',
      'too-many-filters',
      'unclosed-quote',
      'only-without',
      'nothing-to-look-for',
      'bad-filter',
    ]),
    most: z.number().int().optional(),
    filter: z.string().optional(),
    value: z.string().optional(),
  })
  .openapi('QueryIssue');

export const resultsSchema = z
  .object({
    items: z.array(found),
    total: z.number().int().openapi({ description: 'Of those that were ranked, at most 500' }),
    facets: z.object({ creator: facet, source: facet, type: facet, tag: facet }),
    issues: z.array(issue).openapi({ description: 'What of the query could not be used' }),
    corrected: z
      .string()
      .nullable()
      .openapi({ description: 'What was looked for instead, when nothing was found' }),
    didYouMean: z.string().nullable(),
    mode: z.enum(modes),
    layers: z
      .array(z.enum(['words', 'meaning']))
      .openapi({ description: 'What answered: where one could not, the other did' }),
    meaning: z
      .object({
        model: z.string(),
        total: z.number().int(),
        embedded: z.number().int().openapi({ description: 'Only these texts can be found by meaning' }),
        problem: z
          .object({ code: z.string(), detail: z.string().nullable() })
          .nullable()
          .openapi({ description: 'Why the meaning did not answer' }),
      })
      .nullable()
      .openapi({ description: 'Null while no model is chosen' }),
    tookMs: z.number(),
  })
  .openapi('SearchResults');

export const suggestQuery = z.object({ q: z.string().max(20_000).default('') });

export const suggestionsSchema = z
  .object({
    titles: z.array(
      z.object({ kind, id: z.string(), title: z.string(), type: z.string(), href: z.string() }),
    ),
    words: z.array(z.string()),
  })
  .openapi('SearchSuggestions');
