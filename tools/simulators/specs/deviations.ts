export type SpecFamily = 'radarr' | 'sonarr' | 'jellyfin' | 'seerr' | 'jellystat';

/**
 * Where the real servers differ from their own descriptions, each with its reason. Nothing else is relaxed.
 * Sources: facts, sections 1 to 5.
 */
export const formatDeviations: Record<string, true | RegExp> = {
  // Jellyfin writes ids as 32 digits without dashes.
  uuid: /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i,
  // .NET writes a span as `[d.]hh:mm:ss[.fffffff]`.
  'date-span': /^-?(\d+\.)?\d{2}:\d{2}:\d{2}(\.\d+)?$/,
};

const isError = (status: number): boolean => status >= 400;

/**
 * Under which described status an answer falls; `any` when it is real and not described.
 * Radarr and Sonarr describe 200 alone and answer 201 to what is made, 202 to what is changed. None of the four
 * describes all its errors.
 */
export function acceptsStatus(
  family: SpecFamily,
  status: number,
  declared: readonly string[],
): string | undefined {
  if (declared.includes(String(status))) return String(status);
  const isServarr = family === 'radarr' || family === 'sonarr';
  if (isServarr && (status === 201 || status === 202) && declared.includes('200')) return '200';
  return isError(status) ? 'any' : undefined;
}

/**
 * Pictures are sent to Jellyfin as base64 text, which it describes as binary. Sonarr's bulk deletion and season pass answer
 * `{}` to a description without a body.
 */
export function hasUndeclaredBody(family: SpecFamily, method: string, path: string): boolean {
  return family === 'jellyfin' && method === 'POST' && /\/images\//i.test(path);
}

type Schema = { properties?: Record<string, unknown>; additionalProperties?: boolean };
type Described = { components?: { schemas?: Record<string, Schema> } };

/**
 * Sonarr describes a link as an object of its own; it is text. Both take the fields of a command (`movieIds`, `seriesId`)
 * beside its name, where they describe only those that all commands have.
 */
export function patches(family: SpecFamily, document: unknown): unknown {
  const health = (document as Described).components?.schemas?.['HealthResource']?.properties;
  if (family === 'sonarr' && health) health['wikiUrl'] = { type: 'string', nullable: true };
  const command = (document as Described).components?.schemas?.['CommandResource'];
  if ((family === 'radarr' || family === 'sonarr') && command) command.additionalProperties = true;
  return document;
}
