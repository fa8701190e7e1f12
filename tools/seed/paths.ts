/** What file names may not hold, as Radarr and Sonarr leave it out. */
export const safeName = (text: string): string =>
  text
    .replace(/[\\/:*?"<>|]/g, '')
    .replace(/\s+/g, ' ')
    .trim();

/** As scene releases are named: `The.Lanterns.of.Larkmoor.2019`. */
export const releaseName = (text: string): string =>
  safeName(text)
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^A-Za-z0-9]+/g, '.');

export const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/'));

/** `/a/b` holds `/a/b/c` and itself, but not `/a/bc`. */
export const isWithin = (folder: string, path: string): boolean =>
  path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
