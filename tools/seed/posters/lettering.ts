import type { Title } from '../household.ts';
import type { Random } from '../random.ts';

type Face = {
  family: string;
  weight: number;
  capitals: boolean;
  spacing: number;
  /** Mean width of a letter, in font sizes. */ width: number;
};

const faces: readonly Face[] = [
  { family: 'DejaVu Serif, Georgia, serif', weight: 700, capitals: false, spacing: 0, width: 0.7 },
  { family: 'Liberation Sans, Helvetica, sans-serif', weight: 700, capitals: true, spacing: 2, width: 0.72 },
  {
    family: 'Liberation Sans Narrow, Arial Narrow, sans-serif',
    weight: 700,
    capitals: true,
    spacing: 3,
    width: 0.62,
  },
  { family: 'Liberation Serif, Times, serif', weight: 700, capitals: false, spacing: 0, width: 0.56 },
  { family: 'DejaVu Sans, Verdana, sans-serif', weight: 700, capitals: false, spacing: 0, width: 0.72 },
];

const WIDTH = 520;

const escape = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');

/** Words on as few lines as fit, none longer than the others by much. */
function wrap(text: string, letters: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < letters)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** The largest letters with which the title stays within four lines. */
function fit(text: string, face: Face): { size: number; lines: string[] } {
  for (let size = 76; size > 30; size -= 4) {
    const letters = Math.floor(WIDTH / (size * face.width + face.spacing));
    const lines = wrap(text, letters + 1);
    const isNarrow = lines.every((one) => one.length <= letters);
    if (isNarrow && lines.length * size * 1.12 <= 250 && lines.length <= 4) return { size, lines };
  }
  return { size: 32, lines: wrap(text, 26) };
}

type Words = Pick<Title, 'name' | 'credits' | 'year' | 'studio'>;

export function letter(
  random: Random,
  { name, credits, year, studio }: Words,
  ink: string,
  accent: string,
): string {
  const face = random.pick(faces);
  const isCentred = random.chance(0.55);
  const { size, lines } = fit(face.capitals ? name.toUpperCase() : name, face);
  const x = isCentred ? 300 : 42;
  const anchor = isCentred ? 'middle' : 'start';
  const foot = 818;
  const top = foot - (lines.length - 1) * size * 1.12;
  const rows = lines
    .map(
      (text, index) =>
        `<tspan x="${String(x)}" y="${String(Math.round(top + index * size * 1.12))}">${escape(text)}</tspan>`,
    )
    .join('');
  const cast = credits
    .slice(0, 3) // who plays comes first
    .map((credit) => escape(credit.name.toUpperCase()))
    .join('   ·   ');
  return [
    `<g text-anchor="${anchor}" fill="${ink}">`,
    `<text font-family="${face.family}" font-weight="${String(face.weight)}" font-size="${String(size)}" letter-spacing="${String(face.spacing)}">${rows}</text>`,
    `<rect x="${String(isCentred ? 270 : 42)}" y="${String(foot + 20)}" width="60" height="4" fill="${accent}"/>`,
    `<text x="${String(x)}" y="868" font-family="Liberation Sans, Helvetica, sans-serif" font-size="15" letter-spacing="2" opacity=".88">${escape(studio)}   ·   ${String(year)}</text>`,
    `</g>`,
    `<text x="300" y="52" text-anchor="middle" font-family="Liberation Sans, Helvetica, sans-serif" font-size="14" letter-spacing="2" fill="${ink}" opacity=".9">${cast}</text>`,
  ].join('');
}
