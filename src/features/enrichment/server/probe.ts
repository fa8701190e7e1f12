import { z } from 'zod';
import { err, ok } from '#core/result.ts';
import type { Programs } from '#server/platform/program.ts';
import { failureOf, ONLY_THIS_FILE, type ToolOutcome } from './tool.ts';

const PROBE_MS = 60_000;

const probed = z.object({
  format: z.object({ duration: z.coerce.number().optional() }),
  streams: z.array(
    z.object({
      codec_type: z.string(),
      width: z.number().optional(),
      height: z.number().optional(),
      side_data_list: z.array(z.object({ rotation: z.number().optional() })).optional(),
    }),
  ),
});

export type Measured = { durationMs?: number; width?: number; height?: number };

/** Length of sound and films; of films also the size as it is shown, turned as the camera was held. */
export async function probe(
  programs: Programs,
  path: string,
  signal: AbortSignal,
): Promise<ToolOutcome<Measured>> {
  const args = [...ONLY_THIS_FILE, '-v', 'error', '-of', 'json', '-show_format', '-show_streams', path];
  const said = await programs.run('ffprobe', { args, timeoutMs: PROBE_MS, signal });
  if (!said.ok) return err(failureOf(said.error));
  const read = probed.safeParse(JSON.parse(said.value.toString('utf8')));
  if (!read.success) return err({ code: 'derivative.not-readable', reason: 'ffprobe said something else' });
  const { duration } = read.data.format;
  return ok({
    ...(duration === undefined ? {} : { durationMs: Math.round(duration * 1000) }),
    ...shownSize(read.data.streams),
  });
}

function shownSize(streams: z.infer<typeof probed>['streams']): Pick<Measured, 'width' | 'height'> {
  const film = streams.find((stream) => stream.codec_type === 'video');
  if (film?.width === undefined || film.height === undefined) return {};
  const isOnItsSide = film.side_data_list?.some(({ rotation = 0 }) => Math.abs(rotation) % 180 === 90);
  return isOnItsSide
    ? { width: film.height, height: film.width }
    : { width: film.width, height: film.height };
}
