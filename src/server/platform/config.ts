import { z } from 'zod';
import { isQueueName, queueNames, type QueueName } from '#core/queues.ts';

const text = z.string().trim().min(1);
const flag = z.enum(['true', 'false']).transform((value) => value === 'true');

/** `archive, media`: the names in any order, blanks around them allowed. */
const queues = z.string().transform((value, ctx): QueueName[] => {
  const names = value.split(',').map((name) => name.trim());
  const wrong = names.filter((name) => !isQueueName(name));
  if (wrong.length > 0)
    ctx.addIssue(
      `There is no queue called ${wrong.map((name) => `"${name}"`).join(', ')}. They are: ${queueNames.join(', ')}.`,
    );
  return names.filter(isQueueName);
});

/** Every setting of the process: its shape, its default and, last, one sentence. The guide's page is made from this. */
export const configSpec = {
  PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(4747)
    .describe('The port that the pages and the API listen on.'),
  HOST: text
    .default('0.0.0.0')
    .describe('The address to listen on. 127.0.0.1 hides the program from the rest of the network.'),
  DATA_DIR: text
    .default('./data')
    .describe('The folder for the private database, the logs and the secret key.'),
  MEDIA_DIR: text
    .optional()
    .describe(
      'The folder for archived pictures, sound, films and files, such as a large disk of its own. Without it they are in DATA_DIR/media.',
    ),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .describe(
      'A PostgreSQL of your own, version 15 or newer, as postgres://user:password@host/database. Without it the program starts a private one in DATA_DIR.',
    ),
  ORIGIN: z
    .url({ protocol: /^https?$/ })
    .transform((url) => new URL(url).origin)
    .optional()
    .describe(
      'The address that people type when a proxy stands in front, such as https://keeper.example.org.',
    ),
  TRUST_PROXY: flag
    .default(false)
    .describe(
      'Set to true when a proxy of yours stands in front: its X-Forwarded-For, -Proto and -Host headers are then believed.',
    ),
  KEEPERCHEKY_SECRET: z
    .string()
    .min(32, 'Use at least 32 characters.')
    .optional()
    .describe(
      'The secret that keys and sessions are sealed with. Without it one is made in DATA_DIR/secret.key.',
    ),
  PATREON_ADDRESSES: z
    .string()
    .transform((text) => text.split(',').map((one) => one.trim()))
    .pipe(z.tuple([z.url()], z.url()))
    .optional()
    .describe(
      'For the demo and for tests: where a simulated Patreon is, its site first and then its file servers, with commas between.',
    ),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error'])
    .default('info')
    .describe('How much goes into the log.'),
  FFMPEG_PATH: text
    .default('ffmpeg')
    .describe('Where ffmpeg is. It repacks streams and draws posters of films; without it both wait.'),
  PDFTOPPM_PATH: text
    .default('pdftoppm')
    .describe('Where pdftoppm is, of poppler. It draws the first page of PDFs; without it they wait for it.'),
  PDFIMAGES_PATH: text
    .default('pdfimages')
    .describe(
      'Where pdfimages is, of poppler. It takes the pictures out of PDFs; without it they wait for it.',
    ),
  TESSERACT_PATH: text
    .default('tesseract')
    .describe('Where tesseract is. It reads pages of PDFs that are only a picture; without it they wait.'),
  OCR_LANGUAGES: text
    .regex(/^[a-zA-Z_/]+(\+[a-zA-Z_/]+)*$/)
    .default('spa+eng')
    .describe(
      'What those pages are written in, as tesseract calls it; each needs its package, such as `tesseract-ocr-spa`.',
    ),
  FFPROBE_PATH: text
    .default('ffprobe')
    .describe('Where ffprobe is, which comes with ffmpeg and measures sound and films.'),
  PROCESS_MODE: z
    .enum(['all', 'web', 'worker'])
    .default('all')
    .describe('Which half of the program this process runs: the pages, the jobs, or both.'),
  QUEUES: queues
    .default([...queueNames])
    .describe(
      'The queues whose jobs this process runs, separated by commas. More processes with the same DATABASE_URL share the work.',
    ),
};

/** These may also be given as `NAME_FILE`, the path of a file that holds the value. */
export const secretNames: readonly string[] = ['DATABASE_URL', 'KEEPERCHEKY_SECRET'];

const shape = z.object(configSpec);
export type Config = z.infer<typeof shape>;

/**
 * Pure: takes the environment as a value, so tests pass an object and nobody else reads process.env.
 * An empty variable counts as absent. A bad value throws an error that names the variable.
 */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = shape.safeParse(given);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`These settings cannot be used:\n${lines.join('\n')}`);
}
