import type { Random } from '../random.ts';
import type { Ids } from './ids.ts';
import type { Material } from './material.ts';
import type { Motif } from './media/recipes.ts';
import type { Tier } from './patronage.ts';
import { guitars } from './writing/guitars.ts';
import { maps } from './writing/maps.ts';
import { podcastEn } from './writing/podcast.en.ts';
import { podcastEs } from './writing/podcast.es.ts';

/** What kind of creator it is, before a single post is written. */
export type Plan = {
  key: string;
  campaignId: string;
  userId: string;
  vanity: string;
  name: string;
  creationName: string;
  oneLiner: string;
  summary: string;
  colour: string;
  currency: string;
  patronCount: number;
  years: number;
  motif: Motif;
  materials: readonly Material[];
  tiers: readonly { title: string; description: string; amountCents: number }[];
  entitledCents: number;
  isGifted: boolean;
  /** Post type and how many of it. */
  posts: Readonly<Record<string, number>>;
  collections: readonly { title: string; description: string; topics: readonly string[] }[];
  products: readonly { name: string; description: string; priceCents: number; isOwned: boolean }[];
  polls: readonly { question: string; choices: readonly string[] }[];
};

/** What the parts of one creator's seed are made with. */
export type Seeding = { random: Random; plan: Plan; ids: Ids; tiers: Tier[]; now: Date };

const workshop: Plan = {
  key: 'guitars',
  campaignId: '3697071',
  userId: '29314401',
  vanity: 'tallervalcarcel',
  name: 'Taller Valcárcel',
  creationName: 'guitarras españolas hechas a mano',
  oneLiner: 'Guitarras, barniz y paciencia desde Ronda',
  summary:
    '<p>Soy <strong>Inés Valcárcel</strong>, guitarrera en Ronda. Aquí enseño cómo construyo, arreglo y escucho guitarras.</p><p>Con tu apoyo el taller abre también los sábados.</p>',
  colour: '#7a4a21',
  currency: 'EUR',
  patronCount: 412,
  years: 4.5,
  motif: 'wood',
  materials: [guitars],
  tiers: [
    { title: 'Oyente', description: 'Las entradas del taller, al día.', amountCents: 300 },
    { title: 'Aprendiz', description: 'Planos, medidas y audios.', amountCents: 800 },
    { title: 'Oficial', description: 'Vídeos largos y una llamada al trimestre.', amountCents: 2000 },
  ],
  entitledCents: 800,
  isGifted: false,
  posts: {
    text_only: 38,
    image_file: 70,
    audio_file: 12,
    video_external_file: 6,
    video_embed: 8,
    link: 6,
    poll: 6,
    livestream_youtube: 3,
    quiz_drop: 1,
  },
  collections: [
    {
      title: 'Barniz y acabado',
      description: 'Todo sobre la muñequilla, de principio a fin.',
      topics: ['goma-laca', 'rosetas'],
    },
    {
      title: 'Acústica',
      description: 'Tapas, varetas y por qué suena lo que suena.',
      topics: ['tapa-armonica', 'varetaje', 'flamenco'],
    },
    {
      title: 'Arreglos',
      description: 'Grietas, trastes y huesos.',
      topics: ['grietas', 'trastes', 'cejuela', 'clavijas'],
    },
  ],
  products: [
    {
      name: 'Plano de una flamenca de 1957',
      description: 'Tres láminas a tamaño real y una tabla de medidas.',
      priceCents: 1800,
      isOwned: true,
    },
    {
      name: 'Curso de muñequilla en PDF',
      description: 'Treinta páginas con fotos del proceso.',
      priceCents: 2500,
      isOwned: false,
    },
  ],
  polls: [
    {
      question: '¿Qué guitarra restauro en directo?',
      choices: ['La romántica de 1850', 'La valenciana', 'La de la peña'],
    },
    { question: '¿Qué os explico el mes que viene?', choices: ['Afilado', 'Cola caliente', 'Doblar aros'] },
    { question: '¿Ciprés o palosanto para la próxima?', choices: ['Ciprés', 'Palosanto', 'Nogal'] },
    {
      question: '¿A qué hora os viene bien la llamada?',
      choices: ['A las siete', 'A las nueve', 'El sábado por la mañana'],
    },
    { question: '¿Vídeo largo o tres cortos?', choices: ['Uno largo', 'Tres cortos'] },
    {
      question: '¿Qué cuerdas usáis?',
      choices: ['Tensión media', 'Tensión alta', 'Lo que haya en la tienda'],
    },
  ],
};

const cartographer: Plan = {
  key: 'maps',
  campaignId: '5120388',
  userId: '40117733',
  vanity: 'mapsandmarrow',
  name: 'Maps & Marrow',
  creationName: 'hand-drawn maps and small role-playing games',
  oneLiner: 'Ink for the drowned coast',
  summary:
    '<p>I am <em>Rowan Ashdown</em>. I draw maps of a coast that went under, and write small games to play on them.</p><ul><li>Two maps a month</li><li>One zine a season</li></ul>',
  colour: '#274b5a',
  currency: 'GBP',
  patronCount: 1287,
  years: 5.5,
  motif: 'map',
  materials: [maps],
  tiers: [
    { title: 'Ferry Passenger', description: 'Every map, a little late.', amountCents: 200 },
    { title: 'Surveyor', description: 'High-resolution files and the zines.', amountCents: 500 },
    { title: 'Tidewarden', description: 'Vector packs, sketches and playtests.', amountCents: 1500 },
  ],
  entitledCents: 500,
  isGifted: false,
  posts: {
    text_only: 36,
    image_file: 78,
    video_embed: 5,
    video_external_file: 4,
    audio_embed: 4,
    link: 5,
    poll: 6,
    livestream_crowdcast: 2,
  },
  collections: [
    {
      title: 'The Drowned Marches',
      description: 'The setting, place by place.',
      topics: ['ruins', 'factions', 'bestiary'],
    },
    {
      title: 'How to draw maps',
      description: 'Lessons in the order I would have liked them.',
      topics: ['coastlines', 'mountains', 'lettering', 'symbols'],
    },
    {
      title: 'Hexcrawl kit',
      description: 'Tables and travel rules for your table.',
      topics: ['hexcrawl', 'random-tables'],
    },
  ],
  products: [
    {
      name: 'The Saltmere Gazetteer',
      description: 'Forty-eight pages, one coast, no heroes.',
      priceCents: 900,
      isOwned: true,
    },
    {
      name: 'Vector symbols, volume two',
      description: 'Three hundred glyphs, layered.',
      priceCents: 1200,
      isOwned: false,
    },
  ],
  polls: [
    { question: 'Which town gets a street plan next?', choices: ['Saltmere', 'Gallows Ferry', 'Eelmarket'] },
    {
      question: 'What should the next zine be about?',
      choices: ['Smugglers', 'Lighthouses', 'The abbey', 'Fog'],
    },
    { question: 'Hex size?', choices: ['Three miles', 'Six miles', 'Do not care'] },
    { question: 'Ink colour for the winter map?', choices: ['Sepia', 'Indigo', 'Plain black'] },
    { question: 'Who survived the flood?', choices: ['The Abbot', 'The Eel Queen', 'Nobody'] },
    { question: 'Paper or PDF?', choices: ['Paper', 'PDF', 'Both'] },
  ],
};

const podcast: Plan = {
  key: 'podcast',
  campaignId: '8841506',
  userId: '61204418',
  vanity: 'cieloyceniza',
  name: 'Cielo y ceniza · Sky & Ash',
  creationName: 'un pódcast de historia y astronomía / a podcast about history and the sky',
  oneLiner: 'Historia y astronomía, en español and in English',
  summary:
    '<p>Marta Quiroga y Daniel Osei cuentan cada semana una historia entre el cielo y la tierra.</p><p>Marta Quiroga and Daniel Osei tell one story a week between the sky and the ground.</p>',
  colour: '#2b2350',
  currency: 'EUR',
  patronCount: 860,
  years: 3,
  motif: 'sky',
  materials: [podcastEs, podcastEn],
  tiers: [
    { title: 'Estrella fugaz', description: 'Los episodios sin anuncios.', amountCents: 300 },
    { title: 'Observatorio', description: 'Versiones largas y notas.', amountCents: 700 },
  ],
  entitledCents: 300,
  isGifted: true,
  posts: {
    podcast: 52,
    text_only: 18,
    image_file: 16,
    audio_file: 6,
    audio_embed: 4,
    link: 5,
    poll: 4,
    livestream_youtube: 3,
    video_external_file: 2,
  },
  collections: [
    {
      title: 'Cometas y eclipses',
      description: 'Lo que pasa por el cielo y se va.',
      topics: ['halley-1910', 'eclipse-1905', 'caroline-herschel'],
    },
    {
      title: 'Clocks and longitude',
      description: 'How we learned where we are.',
      topics: ['longitude', 'san-fernando', 'azarquiel'],
    },
  ],
  products: [
    {
      name: 'Planisferio imprimible',
      description: 'Para recortar, con las horas de verano e invierno.',
      priceCents: 600,
      isOwned: false,
    },
  ],
  polls: [
    { question: '¿Qué episodio hacemos en directo?', choices: ['Halley', 'El calendario', 'Lisboa'] },
    { question: 'Who should we interview?', choices: ['A clockmaker', 'A volcanologist', 'A librarian'] },
    { question: '¿Episodios de media hora o de una?', choices: ['Media hora', 'Una hora'] },
    { question: 'Best observatory to visit?', choices: ['Armagh', 'Calar Alto', 'Jodrell Bank'] },
  ],
};

export const plans: readonly Plan[] = [workshop, cartographer, podcast];
