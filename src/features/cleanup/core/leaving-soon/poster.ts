import { layOut } from './poster-letters.ts';
import type { ShelfKind, ShelfSummary } from './leaving-soon.ts';

export const languages = ['en', 'es'] as const;
export type Language = (typeof languages)[number];

export type PosterText = ShelfSummary & { kind: ShelfKind; language: Language };

/** Two pictures with the same key look the same. Raise the number when the drawing changes. */
export const posterKey = ({ kind, language, titles, days }: PosterText): string =>
  `1:${language}:${kind}:${titles}:${days ?? 'none'}`;

export const POSTER_WIDTH = 1000;
export const POSTER_HEIGHT = 1500;

const words = {
  en: {
    heading: ['LEAVING', 'SOON'],
    after: (days: number) => (days === 1 ? 'DAY LEFT' : 'DAYS LEFT'),
    today: 'TODAY',
    titles: { films: ['FILM', 'FILMS'], shows: ['SERIES', 'SERIES'] },
  },
  es: {
    heading: ['SE VAN', 'PRONTO'],
    after: (days: number) => (days === 1 ? 'DÍA' : 'DÍAS'),
    today: 'HOY',
    titles: { films: ['PELÍCULA', 'PELÍCULAS'], shows: ['SERIE', 'SERIES'] },
  },
} as const;

/** Dusk for films, night sea for series: told apart across a room. */
const skies = {
  films: { top: '#1a1033', middle: '#7a2352', bottom: '#f0803c', sun: '#ffd08a', ground: '#140b26' },
  shows: { top: '#071426', middle: '#0f4c6b', bottom: '#4fc3b0', sun: '#d9fff2', ground: '#050f1c' },
} as const;

/** A poster for a collection, 2:3. The sun stands the lower the sooner the first title goes. */
export function drawPoster(text: PosterText): string {
  const sky = skies[text.kind];
  const sunY = sunHeight(text.days);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${POSTER_WIDTH} ${POSTER_HEIGHT}">`,
    `<defs><linearGradient id="sky" x1="0" y1="0" x2="0" y2="1">`,
    `<stop offset="0" stop-color="${sky.top}"/><stop offset=".55" stop-color="${sky.middle}"/>`,
    `<stop offset=".82" stop-color="${sky.bottom}"/></linearGradient>`,
    `<radialGradient id="glow"><stop offset="0" stop-color="${sky.sun}" stop-opacity=".75"/>`,
    `<stop offset="1" stop-color="${sky.sun}" stop-opacity="0"/></radialGradient>`,
    `<clipPath id="above"><rect width="${POSTER_WIDTH}" height="${HORIZON}"/></clipPath></defs>`,
    `<rect width="${POSTER_WIDTH}" height="${POSTER_HEIGHT}" fill="url(#sky)"/>`,
    `<circle cx="500" cy="${sunY}" r="620" fill="url(#glow)"/>`,
    `<g clip-path="url(#above)"><circle cx="500" cy="${sunY}" r="290" fill="${sky.sun}"/></g>`,
    `<rect y="${HORIZON}" width="${POSTER_WIDTH}" height="${POSTER_HEIGHT - HORIZON}" fill="${sky.ground}"/>`,
    reflection(sky.sun),
    text.kind === 'films' ? perforation(sky.ground) : horizonWaves(sky.ground),
    ...lettering(text, sky),
    '</svg>',
  ].join('');
}

const HORIZON = 1160;

/** Fourteen days and more: high. Today: half below the horizon. */
const sunHeight = (days: number | null): number => HORIZON - 60 - Math.min(days ?? 14, 14) * 22;

function lettering(text: PosterText, sky: (typeof skies)[ShelfKind]): string[] {
  const { heading, after, today, titles } = words[text.language];
  const foot = titles[text.kind][text.titles === 1 ? 0 : 1];
  const top = heading.map((line, index) => write(line, { y: 130 + index * 150, height: 96, color: '#fff' }));
  const bottom = write(`${text.titles} ${foot}`, { y: 1310, height: 62, color: sky.sun });
  if (text.days === null) return top;
  if (text.days === 0) return [...top, write(today, { y: 925, height: 125, color: sky.ground }), bottom];
  const y = Math.min(sunHeight(text.days) - 105, 815); // in the sun, and above the horizon
  const number = { y, height: 210, color: sky.ground };
  const small = { height: 50, color: sky.ground };
  return [
    ...top,
    write(String(text.days), number),
    write(after(text.days), { ...small, y: y + 254 }),
    bottom,
  ];
}

/** Centred, and never wider than the poster allows. */
function write(line: string, { y, height, color }: { y: number; height: number; color: string }): string {
  const { width, placed } = layOut(line);
  const scale = Math.min(height / 10, 780 / Math.max(width, 1));
  const left = (POSTER_WIDTH - width * scale) / 2;
  const strokes = placed
    .map(({ x, path }) => `<path transform="translate(${round(x)} 0)" d="${path}"/>`)
    .join('');
  return (
    `<g transform="translate(${round(left)} ${y}) scale(${round(scale)})" fill="none" stroke="${color}" ` +
    `stroke-width="1.35" stroke-linecap="round" stroke-linejoin="round">${strokes}</g>`
  );
}

const reflection = (color: string): string =>
  [0, 1, 2, 3]
    .map((row) => stripe(500, HORIZON + 26 + row * 24, 210 - row * 46, color, 0.5 - row * 0.11))
    .join('');

const stripe = (x: number, y: number, half: number, color: string, opacity: number): string =>
  `<rect x="${x - half}" y="${y}" width="${half * 2}" height="7" rx="3.5" fill="${color}" opacity="${round(opacity)}"/>`;

/** The edges of a film strip. */
const perforation = (color: string): string =>
  Array.from({ length: 18 }, (_, row) => 32 + row * 82)
    .flatMap((y) => [28, POSTER_WIDTH - 72].map((x) => hole(x, y, color)))
    .join('');

const hole = (x: number, y: number, color: string): string =>
  `<rect x="${x}" y="${y}" width="44" height="50" rx="12" fill="${color}" opacity=".55"/>`;

const horizonWaves = (color: string): string =>
  `<path d="M0 ${HORIZON}Q125 ${HORIZON - 34} 250 ${HORIZON}T500 ${HORIZON}T750 ${HORIZON}T1000 ${HORIZON}V${HORIZON + 10}H0Z" fill="${color}"/>`;

const round = (value: number): number => Math.round(value * 100) / 100;
