/** What is wrong with the folder of links before anybody looked at the disk. */
export const folderWords = {
  'links.not-absolute': 'The folder needs its whole path, such as /data/leaving-soon',
  'links.no-folder': 'Links need a folder',
} as const;
