import { configSpec, secretNames } from '#server/platform/config.ts';

type Row = { name: string; doc: string; fallback: string };

function rows(): Row[] {
  return Object.entries(configSpec).map(([name, schema]) => {
    const empty = schema.safeParse(undefined);
    return {
      name,
      doc: schema.description ?? '',
      fallback: empty.success && empty.data !== undefined ? String(empty.data) : '',
    };
  });
}

export function describeConfig(): string {
  const table = rows().map(
    ({ name, doc, fallback }) => `| \`${name}\` | ${doc} | ${fallback ? `\`${fallback}\`` : ''} |`,
  );
  return `# Configuration

<!-- Made from src/server/platform/config.ts by \`npm run generate\`. -->

Nothing has to be set: an empty environment is a working installation with its own private database in \`./data\`.
What is typed after \`npm start --\` (\`--port\`, \`--host\`, \`--data\`) wins over the environment. Radarr, Sonarr, Jellyfin
and Seerr are not set here: they are connected in the program, under Settings → Services.

| Variable | What it does | When it is not set |
| --- | --- | --- |
${table.join('\n')}

${secretNames.map((name) => `\`${name}\``).join(' and ')} can also be given as the path of a file that holds the value:
${secretNames.map((name) => `\`${name}_FILE\``).join(', ')}. A bad value stops the start and names the variable.
`;
}

export function envExample(): string {
  const lines = rows().map(({ name, doc, fallback }) => `# ${doc}\n# ${name}=${fallback}\n`);
  return `# Every setting of the program; all of them are optional.\n\n${lines.join('\n')}`;
}
