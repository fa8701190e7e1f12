/** An episode as a list shows it. */
export type Episode = {
  seasonNumber: number;
  episodeNumber: number;
  title: string;
  airedAt: Date | null;
  hasFile: boolean;
};
