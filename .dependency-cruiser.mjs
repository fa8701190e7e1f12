const pure = '^src/(core|features/[^/]+/core)/';
const tests = '([.](test|fake)[.]ts$|^tests/)';

/** The ladder: a feature may use the features to its left, never one to its right. */
const ladder = [
  'accounts',
  'connections',
  'notifications',
  'library',
  'cleanup',
  'archive',
  'enrichment',
  'search',
  'personal',
  'operations',
];

const ladderRules = ladder.slice(0, -1).map((feature, step) => ({
  name: `ladder-${feature}`,
  comment: `${feature} stands below ${ladder.slice(step + 1).join(', ')} and may not know them.`,
  severity: 'error',
  from: { path: `^src/features/${feature}/`, pathNot: tests },
  to: { path: `^src/features/(${ladder.slice(step + 1).join('|')})/` },
}));

/** What stays a package in production because it has native parts; everything else is bundled at build time. */
const unbundled = ['node', 'embedded-postgres', '@embedded-postgres/[^/]+', 'sharp'];

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...ladderRules,
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one file, or hide a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'every-feature-is-on-the-ladder',
      comment: 'A new feature folder gets a step on the ladder first.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^src/features/', pathNot: `^src/features/(${ladder.join('|')})/` },
    },
    {
      name: 'core-is-pure',
      comment: 'Core code decides. It may only import core code: no packages, no node, no server, no ui.',
      severity: 'error',
      from: { path: pure, pathNot: tests },
      to: { pathNot: pure },
    },
    {
      name: 'features-meet-through-core-or-the-front-door',
      comment: "Another feature's rooms are private, except its core types and server/index.ts.",
      severity: 'error',
      from: { path: '^src/features/([^/]+)/', pathNot: tests },
      to: {
        path: '^src/features/',
        // Components may use those of features to the left; `server-has-no-ui` keeps everybody else away from them.
        pathNot: [
          '^src/features/$1/',
          '^src/features/[^/]+/core/',
          '^src/features/[^/]+/ui/',
          '^src/features/[^/]+/server/index[.]ts$',
        ],
      },
    },
    {
      name: 'server-has-no-ui',
      comment: 'Words and components belong to the pages; decisions and stores speak in codes.',
      severity: 'error',
      from: { path: '^src/(core|features/[^/]+/(core|server)|server)/', pathNot: tests },
      to: { path: '^src/(ui|features/[^/]+/ui|routes|i18n)/' },
    },
    {
      name: 'platform-knows-no-feature',
      comment: 'The platform has no domain words; a feature uses it, never the other way round.',
      severity: 'error',
      from: { path: '^src/server/platform/', pathNot: tests },
      to: { path: '^src/(features|routes|ui|server/(?!platform))' },
    },
    {
      name: 'adapters-stand-alone',
      comment:
        'An adapter implements ports. It never calls another adapter, a service or a store. What Radarr and Sonarr share is the family room adapters/servarr, what Jellyfin and Emby share adapters/media-server; failures.ts turns what the HTTP client says into the words of the ports.',
      severity: 'error',
      from: { path: '^src/server/adapters/([^/]+)/', pathNot: tests },
      to: {
        path: '^src/',
        pathNot: [
          '^src/server/adapters/$1/',
          '^src/server/adapters/(servarr/|media-server/|failures[.]ts$)',
          '^src/server/platform/',
          pure,
          '^src/features/[^/]+/server/ports([.]fake)?[.]ts$',
        ],
      },
    },
    {
      name: 'only-main-composes',
      comment:
        'main.ts is the only place where parts meet. What compose/ puts together of one feature is for main.ts alone; everybody else gets what they need as an argument.',
      severity: 'error',
      from: { path: '^(src|tools)/', pathNot: ['^src/server/(main[.]ts$|compose/)', tests] },
      to: { path: '^src/server/compose/' },
    },
    {
      name: 'compositions-meet-in-main',
      comment:
        'A file of compose/ takes the compositions below it as arguments: it may know their types and nothing more. A part of a feature that has a file of its own carries its name (cleanup-effects.ts).',
      severity: 'error',
      from: { path: '^src/server/compose/([^/.-]+)[^/]*[.]ts$' },
      to: {
        path: '^src/server/compose/',
        pathNot: ['^src/server/compose/$1[.-]', '^src/server/compose/clients[.]ts$'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'parts-meet-in-main',
      comment:
        'Of the server, only main.ts and compose/ take features by their front door; the process around them gets the whole program.',
      severity: 'error',
      from: {
        path: '^src/server/',
        pathNot: ['^src/server/(main[.]ts$|compose/|adapters/|sources/)', tests],
      },
      to: { path: '^src/features/[^/]+/server/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'only-main-picks-adapters',
      comment: 'compose/clients.ts opens the adapters; everybody else speaks with a port.',
      severity: 'error',
      from: { pathNot: ['^src/server/compose/clients[.]ts$', '^src/server/adapters/', '^tools/', tests] },
      to: { path: '^src/server/adapters/' },
    },
    {
      name: 'sources-stand-alone',
      comment:
        'A source plugin gets an HTTP client, a clock and a place to run programs. It knows the words of the archive (core, ports) and nobody else; what several share is the room sources/shared.',
      severity: 'error',
      from: { path: '^src/server/sources/([^/]+)/', pathNot: tests },
      to: {
        path: '^src/',
        pathNot: [
          '^src/server/sources/($1|shared)/',
          '^src/server/platform/(http[^/]*|pause|program|redact)[.]ts$',
          pure,
          '^src/features/archive/server/ports[.]ts$',
        ],
      },
    },
    {
      name: 'sources-cannot-reach-the-database',
      comment: 'A plugin that somebody else wrote must not be able to read or change what is archived.',
      severity: 'error',
      from: { path: '^src/server/sources/', pathNot: tests },
      to: {
        path: '(^src/server/platform/(db|database|queue|migrate|secrets|lock)|node_modules/(drizzle-orm|pg|pg-boss)/)',
      },
    },
    {
      name: 'only-main-picks-sources',
      comment: 'The registry is handed to the archive where it is put together.',
      severity: 'error',
      from: { pathNot: ['^src/server/compose/archive[.]ts$', '^src/server/sources/', '^tools/', tests] },
      to: { path: '^src/server/sources/' },
    },
    {
      name: 'routes-are-thin',
      comment: 'A route parses, calls one service through locals.app, and answers.',
      severity: 'error',
      from: { path: '^src/routes/' },
      to: {
        path: ['^src/server/', '^src/features/[^/]+/server/'],
        pathNot: ['/server/schemas[.]ts$', '[.]schemas[.]ts$'],
      },
    },
    {
      name: 'ui-has-no-server',
      comment: 'Components run in the browser too.',
      severity: 'error',
      from: { path: '^src/(ui|features/[^/]+/ui)/' },
      to: { path: '(^|/)server/' },
    },
    {
      name: 'sql-stays-in-stores',
      comment: 'Whoever reads a service should not have to read SQL.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: [
          '(/|[.])(store|tables)[.]ts$',
          '^src/server/platform/(db|migrate|lock|embedded-postgres)',
          tests,
        ],
      },
      to: { path: 'node_modules/(drizzle-orm|pg)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'one-owner-for-the-queue-library',
      comment: 'pg-boss lives behind platform/queue.ts and the room beside it.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/server/platform/queue/(boss|desk|enrolment|work)[.]ts$' },
      to: { path: 'node_modules/pg-boss/' },
    },
    {
      name: 'one-owner-for-the-accounts-library',
      comment: 'better-auth lives behind the accounts feature.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/features/accounts/server/' },
      to: { path: 'node_modules/(better-auth|@better-auth)/' },
    },
    {
      name: 'no-test-code-in-production',
      comment: 'Fakes and tests are not part of the program.',
      severity: 'error',
      from: { path: '^src/', pathNot: tests },
      to: { path: ['[.](test|fake)[.]ts$', '^tests/', '^tools/'] },
    },
    {
      name: 'unbundled-packages-are-named',
      comment:
        'A package that is a dependency stays outside the bundle: name it in the short list, with its reason.',
      severity: 'error',
      from: { path: '^src/', pathNot: tests },
      to: {
        dependencyTypes: ['npm'],
        dependencyTypesNot: ['type-only'],
        pathNot: `node_modules/(${unbundled.join('|')})/`,
      },
    },
    {
      name: 'no-test-packages-in-production',
      comment: 'What only tests and tools need must not slip into the bundle.',
      severity: 'error',
      from: { path: '^src/', pathNot: tests },
      to: {
        path: 'node_modules/(vitest|fast-check|playwright-core|@axe-core|ajv|drizzle-kit|eslint|knip|prettier|typescript)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'no-dead-ends',
      comment:
        'An import that leads nowhere. Icons with a second name are found by the type checker, not by this tool.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: ['^[$]app/', '[$]types', '^[#]i18n/', '^@lucide/svelte/icons/'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^src/i18n/', '^[.]svelte-kit/', '^build/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.svelte', '.js'],
      exportsFields: ['exports'],
      conditionNames: ['types', 'svelte', 'import', 'node', 'default'],
    },
  },
};
