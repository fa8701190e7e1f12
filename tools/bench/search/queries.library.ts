import type { Judged, Sign } from './judged.ts';

const about = (language: 'es' | 'en', text: string, wants: Judged['wants']): Judged => ({
  text,
  sort: 'library',
  language,
  wants,
});

const said = (says: Sign['says'] & {}): Sign[] => [{ says, within: 'library' }];

/** The same story is told in Spanish of one title and in English of another; in the other language it is worth a little less. */
export const ofLibrary: readonly Judged[] = [
  about('es', 'campanas fundidas en 1911', {
    3: said('se fundieron en 1911'),
    2: said('were melted down in 1911'),
  }),
  about('en', 'bells that were melted down', {
    3: said('were melted down in 1911'),
    2: said('se fundieron en 1911'),
  }),
  about('es', 'granja orbital', { 3: said('En la granja orbital'), 2: said('On the orbital farm') }),
  about('en', 'sleep rationed last person who dreams', {
    3: said('Sleep has been rationed'),
    2: said('el sueño está racionado'),
  }),
  about('es', 'expedición de 1934 y una mula', {
    3: said('Una expedición partió'),
    2: said('An expedition left'),
  }),
  about('en', 'friends rob a savings bank', {
    3: said('Four friends rob the savings bank'),
    2: said('asaltan la caja de ahorros'),
  }),
  about('es', 'una boda, una huelga y una cabra', {
    3: said('Una boda, una huelga y una cabra'),
    2: said('A wedding, a strike and a missing goat'),
    1: [{ says: 'the part about the goat' }],
  }),
  about('es', 'película de un piano en una carretilla', {
    3: said('con un piano en una carretilla'),
    2: said('a piano on a handcart'),
  }),
  about('en', 'toys open a railway', {
    3: said('open a railway under the beds'),
    2: said('un tren bajo las camas'),
  }),
  about('es', 'impuestos a las sombras', {
    3: said('las sombras pagan impuestos'),
    2: said('the shadows are taxed'),
  }),
  about('en', 'documentary about a sea wall', {
    3: said('the people who repair the sea wall'),
    2: said('quienes reparan el espigón'),
  }),
  about('en', 'wrong number every Thursday for a year', {
    3: said('answers a wrong number'),
    2: said('una llamada equivocada'),
  }),
];
