import type { Random } from '../random.ts';
import type { Palette } from './palettes.ts';

/** Draws what lies between the sky and the letters: a picture of 600 by 900, the lowest third dark enough for a title. */
export type Scene = (random: Random, colours: Palette) => string;

const line = (points: readonly (readonly [number, number])[]): string =>
  points.map(([x, y]) => `${String(Math.round(x))} ${String(Math.round(y))}`).join(' L');

/** A ridge from edge to edge that wanders around a height. */
function ridge(random: Random, height: number, swing: number, steps: number): string {
  const points = Array.from({ length: steps + 1 }, (_, index): readonly [number, number] => [
    (600 / steps) * index,
    height + (random.next() - 0.5) * swing,
  ]);
  return `M0 900 L${line(points)} L600 900Z`;
}

/** The same, rounded. */
function swell(random: Random, height: number, swing: number, waves: number): string {
  const width = 600 / waves;
  const curves = Array.from({ length: waves }, (_, index) => {
    const up = (index % 2 === 0 ? -1 : 1) * swing * (0.6 + random.next() * 0.6);
    return `Q${String(width * (index + 0.5))} ${String(height + up)} ${String(width * (index + 1))} ${String(height)}`;
  });
  return `M0 900 L0 ${String(height)} ${curves.join(' ')} L600 900Z`;
}

const disc = (x: number, y: number, r: number, fill: string, opacity = 1): string =>
  `<circle cx="${String(x)}" cy="${String(y)}" r="${String(r)}" fill="${fill}" opacity="${String(opacity)}"/>`;

const halo = (x: number, y: number, r: number, fill: string): string =>
  [1.9, 1.5, 1.2].map((times, index) => disc(x, y, r * times, fill, 0.08 + index * 0.05)).join('') +
  disc(x, y, r, fill, 0.95);

const stars = (random: Random, count: number, below: number, fill: string): string =>
  Array.from({ length: count }, () =>
    disc(
      random.int(10, 590),
      random.int(10, below),
      random.pick([1, 1.4, 2, 2.6]),
      fill,
      0.35 + random.next() * 0.6,
    ),
  ).join('');

const mountains: Scene = (random, { accent, far, near, middle }) =>
  halo(random.int(150, 450), random.int(190, 320), random.int(60, 105), accent) +
  [0, 1, 2, 3]
    .map(
      (layer) =>
        `<path d="${ridge(random, 430 + layer * 85, 190 - layer * 30, 7 + layer * 2)}" fill="${[middle, far, far, near][layer] ?? near}" opacity="${String(0.55 + layer * 0.15)}"/>`,
    )
    .join('');

const sea: Scene = (random, { accent, far, near }) => {
  const x = random.int(170, 430);
  const glints = Array.from(
    { length: 16 },
    (_, index) =>
      `<rect x="${String(x - 10 - random.int(8, 60))}" y="${String(505 + index * 15)}" width="${String(random.int(24, 130))}" height="4" rx="2" fill="${accent}" opacity="${String(0.75 - index * 0.035)}"/>`,
  ).join('');
  return (
    halo(x, 400, random.int(80, 120), accent) +
    `<path d="M0 490H600V900H0Z" fill="${far}"/>` +
    glints +
    `<path d="${swell(random, 690, 26, 6)}" fill="${near}" opacity=".8"/><path d="${swell(random, 760, 30, 5)}" fill="${near}"/>` +
    boat(random.int(90, 420), 478, near)
  );
};

const boat = (x: number, y: number, fill: string): string =>
  `<path d="M${String(x)} ${String(y)}l70 0l-14 20h-44z M${String(x + 34)} ${String(y - 4)}v-74l34 70z M${String(x + 29)} ${String(y - 4)}v-56l-24 54z" fill="${fill}"/>`;

const city: Scene = (random, { accent, far, near, middle }) => {
  const row = (height: number, fill: string, opacity: number): string => {
    let x = -20;
    let blocks = '';
    while (x < 600) {
      const width = random.int(44, 92);
      const top = height - random.int(0, 190);
      blocks += `<rect x="${String(x)}" y="${String(top)}" width="${String(width)}" height="${String(900 - top)}" fill="${fill}" opacity="${String(opacity)}"/>`;
      for (let window = 0; window < 7; window += 1) {
        if (random.chance(0.5))
          blocks += `<rect x="${String(x + random.int(6, width - 14))}" y="${String(top + 14 + random.int(0, 9) * 24)}" width="7" height="11" fill="${accent}" opacity="${String(opacity * 0.85)}"/>`;
      }
      x += width + random.int(-4, 12);
    }
    return blocks;
  };
  return (
    stars(random, 40, 330, accent) +
    halo(random.int(120, 480), random.int(150, 250), random.int(48, 76), accent) +
    row(520, middle, 0.65) +
    row(600, far, 0.9) +
    row(730, near, 1)
  );
};

const orbits: Scene = (random, { accent, far, near, middle }) => {
  const [x, y] = [random.int(220, 380), random.int(300, 370)];
  const tilt = random.int(-32, 32);
  const rings = [150, 205, 268, 340]
    .map(
      (r, index) =>
        `<ellipse cx="${String(x)}" cy="${String(y)}" rx="${String(r)}" ry="${String(r * 0.34)}" fill="none" stroke="${accent}" stroke-width="${String(2.5 - index * 0.4)}" opacity="${String(0.8 - index * 0.16)}" transform="rotate(${String(tilt)} ${String(x)} ${String(y)})"/>`,
    )
    .join('');
  const moons = Array.from({ length: 4 }, () =>
    disc(random.int(50, 550), random.int(90, 560), random.int(8, 24), random.pick([middle, accent, far])),
  ).join('');
  return (
    stars(random, 130, 640, accent) +
    disc(x, y, 112, far) +
    `<path d="M${String(x - 112)} ${String(y)}a112 112 0 0 0 224 0z" fill="${near}" opacity=".35"/>` +
    disc(x - 34, y - 34, 40, middle, 0.7) +
    rings +
    moons +
    `<path d="${swell(random, 740, 70, 2)}" fill="${near}"/>`
  );
};

const geometry: Scene = (random, { accent, far, near, middle }) => {
  const size = 150;
  const cells = Array.from({ length: 16 }, (_, index) => {
    const [x, y] = [(index % 4) * size, Math.floor(index / 4) * size + 20];
    const [fill, ground] = random.sample([accent, far, near, middle], 2);
    const half = size / 2;
    const shape = random.pick([
      `<path d="M0 0A${String(size)} ${String(size)} 0 0 1 ${String(size)} ${String(size)}H0Z"/>`,
      `<circle cx="${String(half)}" cy="${String(half)}" r="${String(half * 0.86)}"/>`,
      `<path d="M0 ${String(size)}L${String(size)} 0V${String(size)}Z"/>`,
      `<path d="M0 0H${String(size)}A${String(half)} ${String(half)} 0 0 1 0 0Z M0 ${String(half)}H${String(size)}A${String(half)} ${String(half)} 0 0 1 0 ${String(half)}Z"/>`,
    ]);
    return `<g transform="translate(${String(x)} ${String(y)})"><rect width="${String(size)}" height="${String(size)}" fill="${ground ?? far}"/><g fill="${fill ?? accent}" transform="rotate(${String(random.int(0, 3) * 90)} ${String(half)} ${String(half)})">${shape}</g></g>`;
  });
  return cells.join('') + `<rect y="620" width="600" height="280" fill="${near}"/>`;
};

const forest: Scene = (random, { accent, far, near, middle }) => {
  const trees = (base: number, fill: string, count: number, tall: number, opacity: number): string =>
    Array.from({ length: count }, (_, index) => {
      const x = (600 / count) * (index + 0.5) + random.int(-18, 18);
      const h = tall * (0.7 + random.next() * 0.6);
      const w = h * 0.17;
      return `<path d="M${String(x)} ${String(base - h)}l${String(w)} ${String(h * 0.42)}h${String(-w * 0.4)}l${String(w * 0.7)} ${String(h * 0.38)}h${String(-w * 0.4)}l${String(w * 0.6)} ${String(h * 0.3)}H${String(x - w * 1.5)}l${String(w * 0.6)} ${String(-h * 0.3)}h${String(-w * 0.4)}l${String(w * 0.7)} ${String(-h * 0.38)}h${String(-w * 0.4)}z" fill="${fill}" opacity="${String(opacity)}"/>`;
    }).join('');
  return (
    halo(300 + random.int(-90, 90), 270, random.int(70, 110), accent) +
    trees(560, middle, 13, 230, 0.7) +
    trees(660, far, 10, 320, 0.9) +
    `<rect y="640" width="600" height="260" fill="${near}"/>` +
    trees(700, near, 7, 400, 1)
  );
};

const door: Scene = (random, { accent, far, near }) => {
  const w = random.int(96, 130);
  const x = 300 - w / 2;
  return (
    `<path d="M0 0H600V600H0Z" fill="${near}" opacity=".82"/>` +
    `<path d="M${String(x)} 600V270a${String(w / 2)} ${String(w / 2)} 0 0 1 ${String(w)} 0V600z" fill="${accent}"/>` +
    `<path d="M${String(x)} 600h${String(w)}l${String(random.int(120, 190))} 300H${String(x - random.int(60, 130))}z" fill="${accent}" opacity=".32"/>` +
    `<path d="M288 600v-92q0-22 12-30a15 15 0 1 1 2 0q14 8 14 30v92z" fill="${near}"/>` +
    Array.from(
      { length: 9 },
      (_, index) =>
        `<rect x="${String(index * 70 - 10)}" width="2" height="600" fill="${far}" opacity=".5"/>`,
    ).join('')
  );
};

const road: Scene = (random, { accent, far, near, middle }) =>
  halo(300, 400, random.int(96, 140), accent) +
  `<path d="${ridge(random, 455, 80, 9)}" fill="${middle}" opacity=".8"/><path d="M0 500H600V900H0Z" fill="${far}"/><path d="M286 500h28l286 400H0z" fill="${near}"/>` +
  [0, 1, 2, 3, 4]
    .map((index) => {
      const y = 512 + index * index * 15 + index * 18;
      return `<path d="M${String(299 - index)} ${String(y)}h${String(3 + index * 2)}v${String(12 + index * 9)}h${String(-3 - index * 2)}z" fill="${accent}"/>`;
    })
    .join('') +
  [60, 140, 470, 545]
    .map(
      (x) =>
        `<path d="M${String(x)} ${String(505 + Math.abs(x - 300) * 0.22)}v-${String(70 + Math.abs(x - 300) * 0.4)}" stroke="${near}" stroke-width="5"/>`,
    )
    .join('');

const leaves: Scene = (random, { accent, far, near, middle }) => {
  const leaf = (): string => {
    const length = random.int(110, 240);
    return `<path d="M0 0Q${String(length * 0.34)} ${String(-length / 2)} 0 ${String(-length)}Q${String(-length * 0.34)} ${String(-length / 2)} 0 0Z" fill="${random.pick([accent, far, middle, near])}" opacity=".88" transform="translate(${String(random.int(-20, 620))} ${String(random.int(40, 660))}) rotate(${String(random.int(0, 359))})"/>`;
  };
  return (
    Array.from({ length: 34 }, leaf).join('') +
    disc(300, 330, 132, near, 0.92) +
    disc(300, 330, 112, accent, 0.95) +
    disc(340, 305, 104, near, 0.92) +
    `<rect y="610" width="600" height="290" fill="${near}"/>`
  );
};

const rays: Scene = (random, { accent, far, near, middle }) => {
  const count = random.pick([18, 24, 30]);
  const step = (Math.PI * 2) / count;
  const wedges = Array.from({ length: count / 2 }, (_, index) => {
    const from = index * 2 * step;
    const at = (angle: number) =>
      `${String(Math.round(300 + Math.cos(angle) * 900))} ${String(Math.round(420 + Math.sin(angle) * 900))}`;
    return `<path d="M300 420L${at(from)}L${at(from + step)}Z" fill="${accent}" opacity=".28"/>`;
  });
  return (
    wedges.join('') +
    disc(300, 420, 150, middle) +
    disc(300, 420, 122, accent) +
    `<path d="${swell(random, 560, 60, 3)}" fill="${far}"/><path d="${swell(random, 650, 46, 4)}" fill="${near}"/>`
  );
};

export const scenes = {
  mountains,
  sea,
  city,
  orbits,
  geometry,
  forest,
  door,
  road,
  leaves,
  rays,
} satisfies Record<string, Scene>;
