import { z } from 'zod';

/** Only the fields we use; Deluge 1.3 and 2. */
export const torrent = z.object({
  name: z.string(),
  save_path: z.string(),
  total_size: z.number(),
  /** -1 when nothing was downloaded. */
  ratio: z.number(),
  seeding_time: z.number().nullish(),
  is_finished: z.boolean(),
  progress: z.number(),
  state: z.string(),
  /** Of the Label plugin, where it is switched on. */
  label: z.string().nullish(),
});
export type DelugeTorrent = z.infer<typeof torrent>;

export const torrents = z.record(z.string(), torrent);

/** `path` is below the save path. While the torrent's own description is still being fetched there are none. */
export const files = z.record(
  z.string(),
  z.object({
    save_path: z.string(),
    files: z.array(z.object({ path: z.string().min(1), size: z.number() })),
  }),
);

/** Id, address, port and, in 1.3, state of a daemon that the web interface knows. */
export const hosts = z.array(z.tuple([z.string()]).rest(z.unknown()));

const failure = z.object({ message: z.string().nullish(), code: z.number().nullish() });
export const answer = z.object({ result: z.unknown(), error: failure.nullish() });
