import { z } from 'zod';

/** Only the fields we use; Transmission 2.4 to 4.1, in the protocol that all of them speak. */
export const torrent = z.object({
  hashString: z.string().min(1),
  name: z.string(),
  downloadDir: z.string(),
  totalSize: z.number(),
  /** -1 when nothing was downloaded, -2 when it is infinite. */
  uploadRatio: z.number(),
  secondsSeeding: z.number().nullish(),
  percentDone: z.number(),
  leftUntilDone: z.number(),
  status: z.number().int(),
  /** Since 3.0. */
  labels: z.array(z.string()).nullish(),
});
export type TransmissionTorrent = z.infer<typeof torrent>;

export const torrents = z.object({ torrents: z.array(torrent) });

export const files = z.object({
  torrents: z.array(
    z.object({
      hashString: z.string().min(1),
      downloadDir: z.string(),
      /** `name` is the path below the download folder. */
      files: z.array(z.object({ name: z.string().min(1), length: z.number() })),
    }),
  ),
});

export const session = z.object({ version: z.string() });

export const answer = z.object({ result: z.string(), arguments: z.unknown() });
