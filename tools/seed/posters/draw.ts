import type { Title } from '../household.ts';

export const drawPoster = (title: Title): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="900"><rect width="600" height="900" fill="#345"/><text x="40" y="800" fill="#fff" font-size="40">${title.name}</text></svg>`;
