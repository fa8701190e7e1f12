/** The file itself is called `file`; what belongs to it has a name of its own. */
export type Made = { files: Record<string, Buffer> };
