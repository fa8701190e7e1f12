import type { Title } from '../household.ts';
import type { Genre } from '../overviews.ts';
import { createRandom, hash } from '../random.ts';
import { letter } from './lettering.ts';
import { palettes } from './palettes.ts';
import { scenes } from './scenery.ts';

type SceneName = keyof typeof scenes;

const scenesOf: Record<Genre, readonly SceneName[]> = {
  Drama: ['sea', 'mountains', 'leaves', 'door', 'road'],
  Comedy: ['geometry', 'rays', 'city', 'road'],
  Thriller: ['door', 'city', 'road', 'forest'],
  'Science Fiction': ['orbits', 'orbits', 'mountains', 'rays'],
  Horror: ['forest', 'door', 'city', 'leaves'],
  Romance: ['sea', 'city', 'leaves', 'rays'],
  Adventure: ['mountains', 'sea', 'road', 'forest'],
  Documentary: ['geometry', 'sea', 'mountains', 'leaves'],
  Animation: ['rays', 'geometry', 'orbits', 'forest'],
  Crime: ['city', 'door', 'road', 'geometry'],
  Fantasy: ['forest', 'orbits', 'mountains', 'leaves'],
  Family: ['rays', 'mountains', 'sea', 'geometry'],
};

const isGenre = (genre: string | undefined): genre is Genre => genre !== undefined && genre in palettes;

/** A poster of 600 by 900 as SVG. The same title always gets the same one. */
export function drawPoster(title: Title): string {
  const random = createRandom(hash(title.key + title.name));
  const genre = isGenre(title.genres[0]) ? title.genres[0] : 'Drama';
  const colours = random.pick(palettes[genre]);
  const scene = scenes[random.pick(scenesOf[genre])];
  const isDarkInk = luminance(colours.ink) < 0.5;
  const veil = isDarkInk ? colours.top : colours.near;
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="900" viewBox="0 0 600 900">',
    `<defs><linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${colours.top}"/><stop offset=".42" stop-color="${colours.middle}"/><stop offset=".72" stop-color="${colours.foot}"/></linearGradient>`,
    `<linearGradient id="veil" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${veil}" stop-opacity="0"/><stop offset=".5" stop-color="${veil}" stop-opacity=".86"/><stop offset="1" stop-color="${veil}" stop-opacity=".98"/></linearGradient>`,
    `<linearGradient id="brow" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${veil}" stop-opacity=".75"/><stop offset="1" stop-color="${veil}" stop-opacity="0"/></linearGradient></defs>`,
    '<rect width="600" height="900" fill="url(#sky)"/>',
    scene(random, colours),
    '<rect y="470" width="600" height="430" fill="url(#veil)"/><rect width="600" height="120" fill="url(#brow)"/>',
    letter(random, title, colours.ink, colours.accent),
    '</svg>',
  ].join('');
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255);
  return red * 0.3 + green * 0.59 + blue * 0.11;
}
