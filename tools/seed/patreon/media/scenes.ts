import { createRandom, hash, type Random } from '../../random.ts';
import type { Motif, Picture } from './recipes.ts';

type Size = { width: number; height: number };

const shades: Record<Motif, readonly (readonly [top: string, bottom: string, ink: string])[]> = {
  wood: [
    ['#c98f4e', '#8a5a2b', '#5b3617'],
    ['#e0b77a', '#b07f42', '#6d441d'],
    ['#7d4a2a', '#4c2817', '#26130a'],
  ],
  map: [
    ['#e9dfc3', '#d5c49a', '#3f3524'],
    ['#dfe7dd', '#a9bfb4', '#27423f'],
    ['#efe6d2', '#c9a97c', '#57351f'],
  ],
  sky: [
    ['#0b1030', '#3a2a5c', '#ffe9b0'],
    ['#06141f', '#1d4a5f', '#f3f6ff'],
    ['#140a1e', '#7a3043', '#ffd9c2'],
  ],
  bench: [
    ['#d9d2c7', '#8d8577', '#2c2a26'],
    ['#cfd8d6', '#6f8781', '#1f2a29'],
  ],
  ink: [
    ['#f7f3ea', '#e6dcc8', '#1b1a2a'],
    ['#f3f5f7', '#d7dee5', '#12304a'],
  ],
};

/** The golden ratio in 32 bits: neighbouring numbers draw pictures that have nothing in common. */
const SPREAD = 0x9e3779b1;

export function drawSvg({ motif, seed }: Pick<Picture, 'motif' | 'seed'>, size: Size, turn = 0): string {
  const random = createRandom((hash(motif) + Math.imul(seed + 1, SPREAD)) >>> 0);
  const [top, bottom, ink] = random.pick(shades[motif]);
  const { width, height } = size;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${String(width)}" height="${String(height)}" viewBox="0 0 ${String(width)} ${String(height)}">`,
    `<defs><linearGradient id="g" x1="0" y1="0" x2="${random.next().toFixed(2)}" y2="1"><stop offset="0" stop-color="${top}"/><stop offset="1" stop-color="${bottom}"/></linearGradient></defs>`,
    `<rect width="${String(width)}" height="${String(height)}" fill="url(#g)"/>`,
    scenes[motif](random, { ...size, ink, turn }),
    '</svg>',
  ].join('');
}

type Scene = (random: Random, canvas: Size & { ink: string; turn: number }) => string;

const n = (value: number): string => value.toFixed(1);

const scenes: Record<Motif, Scene> = {
  wood: (random, { width, height, ink, turn }) => {
    const knot = { x: random.next() * width, y: random.next() * height };
    const lines = Array.from({ length: 34 }, (_, index) => {
      const y = (height / 34) * index;
      const bend = (y - knot.y) / height;
      const pull = Math.exp(-bend * bend * 14) * height * 0.1 * Math.sign(bend || 1);
      return `<path d="M0 ${n(y)} C ${n(knot.x * 0.6)} ${n(y)}, ${n(knot.x * 0.8)} ${n(y + pull)}, ${n(knot.x)} ${n(y + pull)} S ${n(width * 0.9)} ${n(y)}, ${n(width)} ${n(y + random.int(-8, 8))}" fill="none" stroke="${ink}" stroke-opacity="${n(0.15 + random.next() * 0.45)}" stroke-width="${n(1 + random.next() * 4)}"/>`;
    });
    const rings = [4, 3, 2, 1].map(
      (ring) =>
        `<ellipse cx="${n(knot.x)}" cy="${n(knot.y)}" rx="${n((ring * width) / 60)}" ry="${n((ring * height) / 90)}" fill="${ink}" fill-opacity="0.28" transform="rotate(${String(turn * 12)} ${n(knot.x)} ${n(knot.y)})"/>`,
    );
    return [...lines, ...rings].join('');
  },
  map: (random, { width, height, ink, turn }) => {
    const islands = Array.from({ length: random.int(2, 4) }, () => {
      const x = width * (0.2 + random.next() * 0.6);
      const y = height * (0.2 + random.next() * 0.6);
      const reach = Math.min(width, height) * (0.12 + random.next() * 0.16);
      const coast = Array.from({ length: 28 }, (_, step) => {
        const angle = (step / 28) * Math.PI * 2;
        const far = reach * (0.7 + random.next() * 0.5);
        return `${n(x + Math.cos(angle) * far)},${n(y + Math.sin(angle) * far)}`;
      }).join(' ');
      const ripples = [1.25, 1.12].map(
        (scale) =>
          `<polygon points="${coast}" fill="none" stroke="${ink}" stroke-opacity="0.3" transform="translate(${n(x)} ${n(y)}) scale(${String(scale)}) translate(${n(-x)} ${n(-y)})"/>`,
      );
      const ticks = Array.from({ length: 18 }, () => {
        const from = { x: x + (random.next() - 0.5) * reach, y: y + (random.next() - 0.5) * reach };
        return `<path d="M${n(from.x)} ${n(from.y)} l${n(reach / 20)} ${n(-reach / 9)} l${n(reach / 20)} ${n(reach / 9)}" fill="none" stroke="${ink}"/>`;
      });
      return `${ripples.join('')}<polygon points="${coast}" fill="#fff" fill-opacity="0.35" stroke="${ink}" stroke-width="3" stroke-linejoin="round"/>${ticks.join('')}`;
    });
    const rose = `<g transform="translate(${n(width * 0.88)} ${n(height * 0.84)}) rotate(${String(turn * 15)})"><path d="M0 -50 L9 0 L0 50 L-9 0 Z M-50 0 L0 9 L50 0 L0 -9 Z" fill="${ink}"/></g>`;
    return `${islands.join('')}${rose}<rect x="14" y="14" width="${n(width - 28)}" height="${n(height - 28)}" fill="none" stroke="${ink}" stroke-width="4"/>`;
  },
  sky: (random, { width, height, ink, turn }) => {
    const stars = Array.from({ length: 220 }, () => {
      const size = 0.5 + random.next() * random.next() * 3.4;
      return `<circle cx="${n(random.next() * width)}" cy="${n(random.next() * height)}" r="${n(size)}" fill="${ink}" fill-opacity="${n(0.3 + random.next() * 0.7)}"/>`;
    });
    const moon = {
      x: width * (0.2 + random.next() * 0.6),
      y: height * 0.3,
      r: Math.min(width, height) * 0.12,
    };
    const hill = `<path d="M0 ${n(height)} L0 ${n(height * 0.82)} Q ${n(width * 0.3)} ${n(height * (0.66 + random.next() * 0.1))} ${n(width * 0.55)} ${n(height * 0.84)} T ${n(width)} ${n(height * 0.78)} L ${n(width)} ${n(height)} Z" fill="#05060c"/>`;
    return `${stars.join('')}<circle cx="${n(moon.x)}" cy="${n(moon.y)}" r="${n(moon.r)}" fill="${ink}"/><circle cx="${n(moon.x + (turn + 2) * moon.r * 0.2)}" cy="${n(moon.y - moon.r * 0.1)}" r="${n(moon.r * 0.94)}" fill="#0a0d20" fill-opacity="0.85"/>${hill}`;
  },
  bench: (random, { width, height, ink }) => {
    const tools = Array.from({ length: 7 }, (_, index) => {
      const x = (width / 8) * (index + 0.8);
      const long = height * (0.3 + random.next() * 0.35);
      const wide = width * (0.012 + random.next() * 0.03);
      return `<g transform="rotate(${String(random.int(-9, 9))} ${n(x)} ${n(height / 2)})"><rect x="${n(x)}" y="${n(height * 0.18)}" width="${n(wide)}" height="${n(long)}" rx="6" fill="${ink}" fill-opacity="0.75"/><rect x="${n(x - wide * 0.4)}" y="${n(height * 0.18 + long)}" width="${n(wide * 1.8)}" height="${n(height * 0.16)}" rx="10" fill="#a5682f"/></g>`;
    });
    return `<rect y="${n(height * 0.86)}" width="${n(width)}" height="${n(height * 0.14)}" fill="${ink}" fill-opacity="0.45"/>${tools.join('')}`;
  },
  ink: (random, { width, height, ink }) => {
    const strokes = Array.from({ length: 26 }, () => {
      const x = random.next() * width;
      const y = random.next() * height;
      return `<path d="M${n(x)} ${n(y)} q ${String(random.int(-180, 180))} ${String(random.int(-90, 90))} ${String(random.int(-240, 240))} ${String(random.int(-160, 160))}" fill="none" stroke="${ink}" stroke-linecap="round" stroke-opacity="0.8" stroke-width="${n(1 + random.next() * random.next() * 22)}"/>`;
    });
    const blots = Array.from(
      { length: 12 },
      () =>
        `<circle cx="${n(random.next() * width)}" cy="${n(random.next() * height)}" r="${n(2 + random.next() * 18)}" fill="${ink}"/>`,
    );
    return [...strokes, ...blots].join('');
  },
};
