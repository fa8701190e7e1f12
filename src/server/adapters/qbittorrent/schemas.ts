import { z } from 'zod';

/** Only the fields we use; qBittorrent 4.1 to 5.2. */
export const torrent = z.object({
  hash: z.string().min(1),
  name: z.string(),
  save_path: z.string(),
  /** Of what was wanted; `total_size` counts the files that were left out too. */
  size: z.number(),
  ratio: z.number(),
  seeding_time: z.number().nullish(),
  progress: z.number(),
  amount_left: z.number(),
  state: z.string(),
  category: z.string().nullish(),
});
export type QbittorrentTorrent = z.infer<typeof torrent>;

/** `name` is the path below the save path. */
export const file = z.object({ name: z.string().min(1), size: z.number() });
export type QbittorrentFile = z.infer<typeof file>;
