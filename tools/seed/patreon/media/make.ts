import { pictureBomb, zipBomb } from './bombs.ts';
import { shootFilm } from './films.ts';
import { writePdf } from './pdf.ts';
import type { Made } from './made.ts';
import { drawPicture } from './pictures.ts';
import { tinyPng } from './png.ts';
import type { Recipe } from './recipes.ts';
import { recordSpeech } from './speech.ts';
import { writeZip } from './zip.ts';

export function make(recipe: Recipe): Made | Promise<Made> {
  switch (recipe.kind) {
    case 'picture':
      return drawPicture(recipe);
    case 'speech':
      return recordSpeech(recipe);
    case 'film':
      return shootFilm(recipe);
    case 'pdf':
      return writePdf(recipe);
    case 'plain':
      return { files: { file: Buffer.from(recipe.body) } };
    case 'zip':
      return {
        files: {
          file: writeZip(recipe.entries.map(({ name, body }) => ({ name, bytes: Buffer.from(body) }))),
        },
      };
    case 'tiny':
      return { files: { file: tinyPng(recipe.number) } };
    case 'bomb':
      return recipe.of === 'zip' ? zipBomb() : pictureBomb();
  }
}
