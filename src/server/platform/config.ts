import { z } from 'zod';

const text = (doc: string) => z.string().trim().min(1).describe(doc);
const flag = (doc: string) =>
  z
    .enum(['true', 'false'])
    .transform((value) => value === 'true')
    .describe(doc);

/** Every setting of the process: its shape, its default and one sentence. The guide's page is made from this. */
export const configSpec = {
  PORT: z.coerce.number().int().min(0).max(65_535).describe('The port that the pages and the API listen on.').default(4747),
  HOST: text('The address to listen on. 127.0.0.1 hides the program from the rest of the network.').default('0.0.0.0'),
  DATA_DIR: text('The folder for the private database, the logs and the secret key.').default('./data'),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .describe(
      'A PostgreSQL of your own, version 15 or newer, as postgres://user:password@host/database. Without it the program starts a private one in DATA_DIR.',
    )
    .optional(),
  ORIGIN: z
    .url({ protocol: /^https?$/ })
    .transform((url) => new URL(url).origin)
    .describe('The address that people type when a proxy stands in front, such as https://keeper.example.org.')
    .optional(),
  TRUST_PROXY: flag(
    'Set to true when a proxy of yours stands in front: its X-Forwarded-For, -Proto and -Host headers are then believed.',
  ).default(false),
  KEEPERCHEKY_SECRET: z
    .string()
    .min(32, 'Use at least 32 characters.')
    .describe('The secret that keys and sessions are sealed with. Without it one is made in DATA_DIR/secret.key.')
    .optional(),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error'])
    .describe('How much goes into the log.')
    .default('info'),
  PROCESS_MODE: z
    .enum(['all', 'web', 'worker'])
    .describe('Which half of the program this process runs: the pages, the jobs, or both.')
    .default('all'),
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
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = shape.safeParse(given);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`These settings cannot be used:\n${lines.join('\n')}`);
}
