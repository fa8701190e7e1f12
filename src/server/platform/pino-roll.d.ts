/** The package ships no types; this is the part of its README that log.ts uses. */
declare module 'pino-roll' {
  import type { Writable } from 'node:stream';

  export default function openRollingFile(options: {
    file: string;
    size?: string;
    limit?: { count?: number; removeOtherLogFiles?: boolean };
    mkdir?: boolean;
  }): Promise<Writable>;
}
