import { z } from '@hono/zod-openapi';
import type { Block, Span } from '../../core/content.ts';

/** The `externalId` of one of the post’s `media`. */
const media = z.string().openapi({ description: 'The `externalId` of one of the `media` of the post' });

/** The model of a body (`core/content.ts`) as the API describes it. */
const span: z.ZodType<Span> = z
  .object({
    text: z.string(),
    marks: z
      .array(z.enum(['bold', 'italic', 'underline', 'strike', 'code']))
      .readonly()
      .optional(),
    href: z
      .string()
      .optional()
      .openapi({ description: '`http:`, `https:` or `mailto:`', example: 'https://example.org/' }),
    media: media.optional(),
  })
  .openapi('Span', { description: 'Text with the same marks from its start to its end' });

const paragraph = z
  .object({ type: z.literal('paragraph'), text: z.array(span).readonly() })
  .openapi('ParagraphBlock');
const heading = z
  .object({
    type: z.literal('heading'),
    level: z.union([z.literal(2), z.literal(3), z.literal(4)]),
    text: z.array(span).readonly(),
  })
  .openapi('HeadingBlock');
const list = z
  .object({
    type: z.literal('list'),
    ordered: z.boolean(),
    get items() {
      return z.array(z.array(blockSchema).readonly()).readonly();
    },
  })
  .openapi('ListBlock');
const quote = z
  .object({
    type: z.literal('quote'),
    get blocks() {
      return z.array(blockSchema).readonly();
    },
  })
  .openapi('QuoteBlock');
const code = z.object({ type: z.literal('code'), text: z.string() }).openapi('CodeBlock');
const image = z
  .object({
    type: z.literal('image'),
    media,
    alt: z.string().nullable(),
    caption: z.string().nullable(),
  })
  .openapi('ImageBlock');
const gallery = z
  .object({ type: z.literal('gallery'), media: z.array(media).readonly() })
  .openapi('GalleryBlock');
const audio = z.object({ type: z.literal('audio'), media }).openapi('AudioBlock');
const video = z.object({ type: z.literal('video'), media }).openapi('VideoBlock');
const file = z.object({ type: z.literal('file'), media }).openapi('FileBlock');
const embed = z
  .object({
    type: z.literal('embed'),
    embed: z.object({
      provider: z.string().nullable(),
      url: z.string(),
      title: z.string().nullable(),
      description: z.string().nullable(),
    }),
  })
  .openapi('EmbedBlock');
const link = z
  .object({
    type: z.literal('link'),
    url: z.string(),
    title: z.string().nullable(),
    description: z.string().nullable(),
  })
  .openapi('LinkBlock');
const poll = z
  .object({
    type: z.literal('poll'),
    poll: z.object({
      question: z.string(),
      choices: z.array(z.object({ text: z.string(), votes: z.number().int().nullable() })).readonly(),
      closesAt: z.iso.datetime().nullable(),
    }),
  })
  .openapi('PollBlock');
const divider = z.object({ type: z.literal('divider') }).openapi('DividerBlock');

export const blockSchema: z.ZodType<Block> = z
  .discriminatedUnion('type', [
    ...[paragraph, heading, list, quote, code, image, gallery],
    ...[audio, video, file, embed, link, poll, divider],
  ] as const)
  .openapi('Block', { description: 'A part of a body as a value; never markup' });
