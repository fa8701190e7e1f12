import type { Judged } from './judged.ts';

const es = (sort: Judged['sort'], text: string, wants: Judged['wants']): Judged => ({
  text,
  sort,
  language: 'es',
  wants,
});

export const spanish: readonly Judged[] = [
  es('keyword', 'goma laca', { 3: [{ topic: 'goma-laca' }], 1: [{ says: 'goma laca' }, { says: 'barniz' }] }),
  es('keyword', 'varetas en abanico', { 3: [{ topic: 'varetaje' }], 1: [{ says: 'varetas' }] }),
  es('keyword', 'cejuela hueso', {
    3: [{ topic: 'cejuela' }],
    1: [
      { says: 'la culpa era del hueso' },
      { says: 'una cejuela finísima' },
      { says: 'se está enganchando en la cejuela' },
    ],
  }),
  es('keyword', 'cambiar trastes', {
    3: [{ topic: 'trastes' }],
    1: [{ says: 'si cerdea pisada, los trastes' }, { says: 'Las puntas de los trastes que asoman' }],
  }),
  es('keyword', 'cometa Halley', { 3: [{ topic: 'halley-1910' }], 1: [{ says: 'Halley' }] }),
  es('keyword', 'eclipse de Burgos', { 3: [{ topic: 'eclipse-1905' }] }),
  es('keyword', 'palosanto CITES', {
    3: [{ topic: 'palosanto', says: 'CITES' }],
    2: [{ topic: 'palosanto' }],
    1: [{ says: 'nos hicieron bajar hasta la última chapa' }],
  }),
  es('keyword', 'higrómetro', {
    3: [{ says: 'Un higrómetro de diez euros' }],
    2: [{ topic: 'humedad' }],
  }),
  es('keyword', 'bandurria rondalla', { 3: [{ topic: 'bandurria' }] }),
  es('keyword', 'códice de Dresde Venus', {
    3: [{ topic: 'mayas', says: 'códice de Dresde' }],
    2: [{ topic: 'mayas' }],
    1: [{ topic: 'expedicion-venus-1769' }],
  }),
  es('keyword', 'terremoto Lisboa Cádiz', {
    3: [{ topic: 'lisboa-1755', says: 'Cádiz' }],
    2: [{ topic: 'lisboa-1755' }],
  }),
  es('keyword', 'lunas de Júpiter', {
    3: [{ topic: 'galileo-1610' }],
    1: [{ says: 'Ío, Europa, Ganímedes' }],
  }),
  es('keyword', 'Remedios de Lucena', {
    3: [{ says: ['Remedios', 'Lucena'], within: 'body' }],
    2: [{ says: 'Remedios', within: 'body' }],
    1: [{ says: 'Lucena', within: 'body' }, { says: 'Remedios' }],
  }),
  es('keyword', 'Iñaki Zubiri Calar Alto', {
    3: [{ says: ['Iñaki Zubiri', 'Calar Alto'] }],
    2: [{ says: 'Iñaki Zubiri' }],
    1: [{ says: 'Calar Alto' }],
  }),

  es('phrase', '"cola de huesos"', { 3: [{ says: 'cola de huesos' }] }),
  es('phrase', '"fibra de carbono"', { 3: [{ says: 'fibra de carbono' }] }),
  es('phrase', '"meridiano cero"', { 3: [{ says: 'meridiano cero' }] }),
  es('phrase', '"gota negra"', { 3: [{ says: 'gota negra' }] }),
  es('phrase', '"hoja de papel" tapa', { 3: [{ says: 'como por una hoja de papel' }] }),

  es('synonym', 'reparar una guitarra rota', {
    3: [{ topic: 'grietas' }],
    2: [{ says: 'Enderezar un mástil vencido' }, { says: 'nueve de ellas con el puente despegado' }],
    1: [{ topic: 'trastes' }, { topic: 'cejuela' }, { topic: 'clavijas' }],
  }),
  es('synonym', 'seísmo y tsunami en Portugal', { 3: [{ topic: 'lisboa-1755' }] }),
  es('synonym', 'pegamento de origen animal', {
    3: [{ says: 'Lo que se pega con cola animal' }, { says: 'La cola de huesos se remoja' }],
    2: [{ topic: 'encolado' }],
  }),
  es('synonym', 'relojes atómicos', { 3: [{ says: 'relojes de cesio' }], 2: [{ topic: 'san-fernando' }] }),
  es('synonym', 'sacar filo a los formones', { 3: [{ topic: 'afilado' }] }),
  es('synonym', 'dejar el instrumento en el coche en verano', {
    3: [{ says: 'Nunca la dejéis en el maletero' }],
    2: [{ topic: 'humedad' }],
  }),
  es('synonym', 'sondas espaciales escuchadas desde España', { 3: [{ topic: 'sputnik-robledo' }] }),

  es('question', '¿cuánto tiempo se remoja la cola de huesos?', {
    3: [{ says: 'La cola de huesos se remoja doce horas' }],
    2: [{ topic: 'encolado' }],
  }),
  es('question', '¿por qué zumban las cuerdas?', {
    3: [{ says: 'Las cuerdas zumban casi siempre' }],
    2: [{ says: 'Si cerdea al aire' }],
    1: [{ topic: 'trastes' }, { topic: 'cejuela' }],
  }),
  es('question', '¿qué humedad necesita una guitarra?', {
    3: [{ says: 'por ciento de humedad relativa' }],
    2: [{ topic: 'humedad' }],
    1: [{ says: 'la tuve diez días en la caja húmeda' }],
  }),
  es('question', '¿cuándo vuelve el cometa Halley?', {
    3: [{ says: 'La próxima será en julio de 2061' }],
    2: [{ topic: 'halley-1910' }],
  }),
  es('question', '¿cuántos días desaparecieron en octubre de 1582?', {
    3: [
      { says: 'Los diez días que desaparecieron' },
      { says: 'se levantó el viernes 15' },
      { says: 'en trece siglos eso suma diez días' },
    ],
    2: [{ topic: 'calendario-1582' }],
  }),
  es('question', '¿quién quemó los libros de los mayas?', {
    3: [{ says: 'Diego de Landa quemó los libros' }],
    2: [{ topic: 'mayas' }],
  }),
  es('question', '¿cómo se limpia una herramienta oxidada?', {
    3: [{ says: 'Herramienta oxidada: vinagre' }],
    2: [{ topic: 'afilado' }],
  }),
  es('question', '¿cuánto duró la totalidad del eclipse?', {
    3: [{ says: 'La totalidad duró tres minutos' }],
    2: [{ topic: 'eclipse-1905' }],
  }),
  es('question', '¿en qué se diferencia un laúd español de uno árabe?', {
    3: [{ says: 'Un laúd español no tiene nada que ver con el árabe' }],
    2: [{ topic: 'bandurria' }],
  }),

  es('misspelt', 'munequila', { 3: [{ topic: 'goma-laca' }], 1: [{ says: 'muñequilla' }] }),
  es('misspelt', 'Azarqiel', { 3: [{ topic: 'azarquiel' }] }),
  es('misspelt', 'bandurias', { 3: [{ topic: 'bandurria' }] }),
  es('misspelt', 'diapazon', { 3: [{ topic: 'trastes' }], 2: [{ says: 'diapasón' }] }),
  es('misspelt', 'observatorrio de san fernado', {
    3: [{ topic: 'san-fernando' }],
    1: [{ says: 'San Fernando' }],
  }),
];
