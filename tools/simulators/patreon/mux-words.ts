/** Words of a film as its stream has them: named in the master list, and cut into pieces as the picture is. */
const PIECE_S = 10;

const names: Readonly<Record<string, string>> = { es: 'Español', en: 'English' };

export function withWords(master: string, language: string): string {
  const tag = `#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="sub1",LANGUAGE="${language}",NAME="${names[language] ?? language}",AUTOSELECT=YES,DEFAULT=NO,FORCED=NO,URI="words.m3u8"`;
  return master
    .replaceAll('#EXT-X-STREAM-INF:', '#EXT-X-STREAM-INF:SUBTITLES="sub1",')
    .replace('#EXT-X-STREAM-INF', `${tag}\n#EXT-X-STREAM-INF`);
}

/** A cue that reaches into the next piece stands in both, as the standard wants it. */
export function piecesOfWords(vtt: string): string[] {
  const cues = vtt.split('\n\n').filter((cue) => cue.includes('-->'));
  const last = Math.max(0, ...cues.map((cue) => secondsIn(cue).to));
  const count = Math.max(1, Math.ceil(last / PIECE_S));
  return Array.from({ length: count }, (_, index) => {
    const within = cues.filter((cue) => {
      const { from, to } = secondsIn(cue);
      return from < (index + 1) * PIECE_S && to > index * PIECE_S;
    });
    const head = 'WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:900000,LOCAL:00:00:00.000';
    return `${[head, ...within.map((cue) => cue.trim())].join('\n\n')}\n`;
  });
}

export function listOfWords(pieces: number): string {
  const lines = Array.from(
    { length: pieces },
    (_, index) => `#EXTINF:${PIECE_S},\nwords-${String(index).padStart(3, '0')}.vtt`,
  );
  const head = `#EXTM3U\n#EXT-X-VERSION:4\n#EXT-X-TARGETDURATION:${PIECE_S}\n#EXT-X-PLAYLIST-TYPE:VOD`;
  return `${[head, ...lines, '#EXT-X-ENDLIST'].join('\n')}\n`;
}

function secondsIn(cue: string): { from: number; to: number } {
  const [from = 0, to = 0] = [...cue.matchAll(/(\d+):(\d\d):(\d\d\.\d{3})/g)].map(
    ([, hours, minutes, seconds]) => Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds),
  );
  return { from, to };
}
