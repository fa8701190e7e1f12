import type { Language } from './household.ts';
import type { Random } from './random.ts';
import { firstNames, places, roles } from './words.ts';

export const genres = [
  'Drama',
  'Comedy',
  'Thriller',
  'Science Fiction',
  'Horror',
  'Romance',
  'Adventure',
  'Documentary',
  'Animation',
  'Crime',
  'Fantasy',
  'Family',
] as const;
export type Genre = (typeof genres)[number];

/** `{who}` is a name, `{role}` what that person does, `{place}` an invented place. */
const openings: Record<Genre, Record<Language, readonly string[]>> = {
  Drama: {
    en: [
      'When {who}, {role}, goes back to {place} to sell the family house, an unsent letter changes what everybody remembers.',
      'Three generations share one roof in {place} for a single summer, and {who}, {role}, has to decide who gets to stay.',
    ],
    es: [
      '{who}, {role}, vuelve a {place} para vender la casa familiar y encuentra una carta que nunca se envió.',
      'Tres generaciones comparten techo en {place} durante un solo verano, y a {who}, {role}, le toca decidir quién se queda.',
    ],
  },
  Comedy: {
    en: [
      '{who}, {role}, accidentally wins the mayoral election of {place} and cannot find anybody willing to take it back.',
      'A wedding, a strike and a missing goat meet on the same morning in {place}; {who}, {role}, is in charge of all three.',
    ],
    es: [
      '{who}, {role}, gana por error la alcaldía de {place} y no encuentra a nadie que quiera quitársela.',
      'Una boda, una huelga y una cabra perdida coinciden la misma mañana en {place}, y todo depende de {who}, {role}.',
    ],
  },
  Thriller: {
    en: [
      '{who}, {role}, receives a recording made in {place} tomorrow night. There are nineteen hours left to understand it.',
      'The last bus out of {place} arrives with one passenger too many, and {who}, {role}, is the only one who counted.',
    ],
    es: [
      '{who}, {role}, recibe una grabación hecha en {place} mañana por la noche. Quedan diecinueve horas para entenderla.',
      'El último autobús de {place} llega con un viajero de más, y solo {who}, {role}, los había contado.',
    ],
  },
  'Science Fiction': {
    en: [
      'On the orbital farm above {place}, {who}, {role}, hears a voice in the irrigation system that knows the harvest in advance.',
      'Sleep has been rationed for thirty years. {who}, {role}, finds in {place} the only person who still dreams.',
    ],
    es: [
      'En la granja orbital de {place}, {who}, {role}, oye en el riego una voz que conoce de antemano la cosecha.',
      'Hace treinta años que el sueño está racionado. {who}, {role}, encuentra en {place} a la última persona que sueña.',
    ],
  },
  Horror: {
    en: [
      'Every house in {place} has one room nobody counts. {who}, {role}, has just moved into theirs.',
      'The bells of {place} were melted down in 1911. {who}, {role}, hears them on the first night and answers.',
    ],
    es: [
      'Cada casa de {place} tiene una habitación que nadie cuenta. {who}, {role}, acaba de instalarse en la suya.',
      'Las campanas de {place} se fundieron en 1911. {who}, {role}, las oye la primera noche y responde.',
    ],
  },
  Romance: {
    en: [
      'Two strangers keep missing the same ferry from {place}. {who}, {role}, stops believing in timetables.',
      '{who}, {role}, answers a wrong number from {place} and keeps calling, every Thursday, for a year.',
    ],
    es: [
      'Dos desconocidos pierden siempre el mismo barco en {place}. {who}, {role}, deja de creer en los horarios.',
      '{who}, {role}, contesta a una llamada equivocada desde {place} y sigue llamando, cada jueves, durante un año.',
    ],
  },
  Adventure: {
    en: [
      'With half a map and a borrowed boat, {who}, {role}, leaves {place} to find the river that changes its mouth each spring.',
      'An expedition left {place} in 1934 and one mule came back. {who}, {role}, follows its tracks.',
    ],
    es: [
      'Con medio mapa y una barca prestada, {who}, {role}, sale de {place} en busca del río que cada primavera cambia de boca.',
      'Una expedición partió de {place} en 1934 y solo volvió una mula. {who}, {role}, sigue sus huellas.',
    ],
  },
  Documentary: {
    en: [
      'A year with the people who repair the sea wall of {place}, filmed by {who}, {role}, from the first storm to the last.',
      'The choir of {place} has sung the same song for two centuries. {who}, {role}, asks who wrote it.',
    ],
    es: [
      'Un año con quienes reparan el espigón de {place}, filmado por {who}, {role}, del primer temporal al último.',
      'El coro de {place} canta desde hace dos siglos la misma canción. {who}, {role}, pregunta quién la escribió.',
    ],
  },
  Animation: {
    en: [
      'A small cloud falls into the square of {place} and cannot get up again, until {who}, {role}, learns to speak rain.',
      'The toys of {place} open a railway under the beds. {who}, {role}, buys the first ticket.',
    ],
    es: [
      'Una nube pequeña se cae en la plaza de {place} y no sabe levantarse, hasta que {who}, {role}, aprende a hablar en lluvia.',
      'Los juguetes de {place} inauguran un tren bajo las camas. {who}, {role}, compra el primer billete.',
    ],
  },
  Crime: {
    en: [
      'Someone is returning stolen things in {place}, years later and gift-wrapped. {who}, {role}, gets a parcel that was never missing.',
      'Four friends rob the savings bank of {place} and find it already empty; {who}, {role}, knows why.',
    ],
    es: [
      'Alguien devuelve en {place} cosas robadas, años después y envueltas para regalo. A {who}, {role}, le llega algo que nunca faltó.',
      'Cuatro amigos asaltan la caja de ahorros de {place} y la encuentran vacía; {who}, {role}, sabe por qué.',
    ],
  },
  Fantasy: {
    en: [
      'In {place} the shadows are taxed. {who}, {role}, inherits one that belongs to a giant.',
      '{who}, {role}, opens the only door in {place} that was painted on a wall.',
    ],
    es: [
      'En {place} las sombras pagan impuestos. {who}, {role}, hereda una que pertenece a un gigante.',
      '{who}, {role}, abre la única puerta de {place} que estaba pintada en una pared.',
    ],
  },
  Family: {
    en: [
      'The school of {place} will close unless it finds one more pupil. {who}, {role}, enrols a grandfather.',
      'Two cousins and {who}, {role}, cross {place} with a piano on a handcart to be in time for a birthday.',
    ],
    es: [
      'El colegio de {place} cierra si no encuentra un alumno más. {who}, {role}, matricula a un abuelo.',
      'Dos primos y {who}, {role}, cruzan {place} con un piano en una carretilla para llegar a un cumpleaños.',
    ],
  },
};

export function writeOverview(random: Random, genre: Genre, language: Language): string {
  return random
    .pick(openings[genre][language])
    .replace('{who}', random.pick(firstNames[language]))
    .replace('{role}', random.pick(roles[language]))
    .replace('{place}', random.pick(places[language]));
}

/** The sentences as they are written, each in both languages; `{slots}` are still in them. */
export const overviewPairs = (): { en: string; es: string }[] =>
  genres.flatMap((genre) => {
    const { en, es } = openings[genre];
    return en.map((text, index) => ({ en: text, es: es[index] ?? '' }));
  });
