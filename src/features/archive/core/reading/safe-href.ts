/**
 * An address that a page may link to, or null. Blocks come from parsers, and one day from somebody's own plugin: whatever
 * they say, a link of ours never runs anything.
 */
export const safeHref = (href: string | null | undefined): string | null =>
  href !== null && href !== undefined && /^(https?:\/\/[^\s/]|mailto:\S)/i.test(href) ? href : null;

/** "example.org" of a link, to say where it leads. */
export const hostOf = (href: string): string =>
  /^https?:\/\/(?:[^/?#@]*@)?(?:www\.)?([^/?#:]+)/i.exec(href)?.[1]?.toLowerCase() ?? href;
