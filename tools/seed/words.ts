import type { Language } from './household.ts';

/** Invented places: nothing here is on a map or on a cinema poster. */
export const places: Record<Language, readonly string[]> = {
  en: [
    'Port Ellery', 'Harrowgate Bay', 'Milldown', 'Saint Orla', 'Greywater', 'Tamsin Cove', 'Northolt Fen', 'Larkmoor',
    'Wexcombe', 'Dunmarrow', 'Ashby Sound', 'Quillan Ridge', 'Ferrow', 'Little Hadley', 'Cape Wren', 'Oxmarsh',
    'Brindle Creek', 'Marlow Heights', 'Salter Island', 'Redfern', 'Kestrel Point', 'Hollin Weir', 'Amberley Dock',
    'Tolland', 'Vesper Falls', 'Ravensby', 'Copper Lake', 'Eastmere', 'Juniper Flats', 'Stonehaven Road',
  ],
  es: [
    'Valdemora', 'Puerto Alba', 'Almenara Vieja', 'Santa Olaya', 'Río Tórtola', 'Peñaluz', 'Villa Cierzo', 'Monteagrio',
    'Las Cañuelas', 'Torrelinde', 'Fuente Amarga', 'Cabo Sereno', 'El Salobral', 'San Telmo del Mar', 'Aldeanueva',
    'Robledal', 'Barranco Hondo', 'Playa Coral', 'Navalhierro', 'Los Almendros', 'Puente Nuño', 'Isla Mirena',
    'Calahonda', 'Arroyo Claro', 'Sierra Tilde', 'Costa Ramira', 'Villaescarcha', 'Campoluna', 'Ribera Honda', 'Tresmares',
  ],
};

export const things: Record<Language, readonly (readonly [one: string, many: string])[]> = {
  en: [
    ['Lantern', 'Lanterns'], ['Ledger', 'Ledgers'], ['Orchard', 'Orchards'], ['Tide', 'Tides'], ['Compass', 'Compasses'],
    ['Staircase', 'Staircases'], ['Harvest', 'Harvests'], ['Telegram', 'Telegrams'], ['Ferry', 'Ferries'],
    ['Balcony', 'Balconies'], ['Kite', 'Kites'], ['Winter', 'Winters'], ['Violin', 'Violins'], ['Map', 'Maps'],
    ['Umbrella', 'Umbrellas'], ['Signal', 'Signals'], ['Garden', 'Gardens'], ['Echo', 'Echoes'], ['Suitcase', 'Suitcases'],
    ['Observatory', 'Observatories'], ['Swallow', 'Swallows'], ['Bonfire', 'Bonfires'], ['Recipe', 'Recipes'],
    ['Elevator', 'Elevators'], ['Quarry', 'Quarries'], ['Postcard', 'Postcards'], ['Engine', 'Engines'],
    ['Window', 'Windows'], ['Bridge', 'Bridges'], ['Comet', 'Comets'], ['Parade', 'Parades'], ['Well', 'Wells'],
    ['Promise', 'Promises'], ['Herbarium', 'Herbariums'], ['Carousel', 'Carousels'], ['Sparrow', 'Sparrows'],
  ],
  es: [
    ['el farol', 'los faroles'], ['la libreta', 'las libretas'], ['el huerto', 'los huertos'], ['la marea', 'las mareas'],
    ['la brújula', 'las brújulas'], ['la escalera', 'las escaleras'], ['la cosecha', 'las cosechas'],
    ['el telegrama', 'los telegramas'], ['la barca', 'las barcas'], ['el balcón', 'los balcones'],
    ['la cometa', 'las cometas'], ['el invierno', 'los inviernos'], ['el violín', 'los violines'], ['el mapa', 'los mapas'],
    ['el paraguas', 'los paraguas'], ['la señal', 'las señales'], ['el jardín', 'los jardines'], ['el eco', 'los ecos'],
    ['la maleta', 'las maletas'], ['el observatorio', 'los observatorios'], ['la golondrina', 'las golondrinas'],
    ['la hoguera', 'las hogueras'], ['la receta', 'las recetas'], ['el ascensor', 'los ascensores'],
    ['la cantera', 'las canteras'], ['la postal', 'las postales'], ['el motor', 'los motores'],
    ['la ventana', 'las ventanas'], ['el puente', 'los puentes'], ['la verbena', 'las verbenas'], ['el pozo', 'los pozos'],
    ['la promesa', 'las promesas'], ['el carrusel', 'los carruseles'], ['el gorrión', 'los gorriones'],
    ['la panadería', 'las panaderías'], ['el apeadero', 'los apeaderos'],
  ],
};

export const adjectives: readonly string[] = [
  'Borrowed', 'Patient', 'Crooked', 'Salted', 'Unfinished', 'Paper', 'Second', 'Hollow', 'Velvet', 'Wandering',
  'Quiet', 'Copper', 'Forgotten', 'Midnight', 'Stubborn', 'Amber', 'Weightless', 'Distant', 'Gentle', 'Painted',
];

export const firstNames: Record<Language, readonly string[]> = {
  en: ['Nora', 'Theo', 'Maeve', 'Jonah', 'Iris', 'Calder', 'Edith', 'Rufus', 'Wren', 'Silas', 'Tess', 'Amos', 'Juno', 'Felix'],
  es: ['Inés', 'Tomás', 'Jimena', 'Elías', 'Rocío', 'Bruno', 'Amparo', 'Gael', 'Noa', 'Martín', 'Candela', 'Teo', 'Vera', 'Julián'],
};

export const familyNames: Record<Language, readonly string[]> = {
  en: ['Ashdown', 'Pell', 'Marchetti', 'Okafor', 'Lindqvist', 'Brandt', 'Sayer', 'Whitlow', 'Coyle', 'Devereux', 'Hale', 'Tran'],
  es: ['Aldana', 'Quiroga', 'Salcedo', 'Urrutia', 'Belmonte', 'Cifuentes', 'Iriarte', 'Valverde', 'Ocaña', 'Zaldívar', 'Robles', 'Luque'],
};

/** Roles come with an article; nothing after them in a sentence has to agree with a gender. */
export const roles: Record<Language, readonly string[]> = {
  en: [
    'a retired lighthouse engineer', 'a night-shift translator', 'a young cellist', 'a disgraced map-maker',
    'a rural doctor', 'an apprentice baker', 'a radio presenter', 'a bridge inspector', 'a restless widow',
    'a train driver', 'a botanist', 'a debt collector with a stammer',
  ],
  es: [
    'guardafaros a punto de jubilarse', 'intérprete en el turno de noche', 'violonchelista principiante',
    'cartógrafa sin empleo', 'médico rural', 'aprendiz de panadería', 'locutora de madrugada', 'maquinista de tren',
    'botánica', 'periodista de provincias', 'relojero', 'socorrista fuera de temporada',
  ],
};

export const possessors: readonly string[] = [
  'Cartographer', 'Beekeeper', 'Clockmaker', 'Ferryman', 'Translator', 'Glazier', 'Archivist', 'Stationmaster',
  'Gardener', 'Pianist', 'Surveyor', 'Baker', 'Lamplighter', 'Diver', 'Bookbinder', 'Astronomer', 'Cobbler', 'Puppeteer',
];

export const studios: readonly string[] = [
  'Faro Norte Cine', 'Blue Kettle Pictures', 'Almendro Films', 'Long Meadow', 'Tranvía', 'Paper Boat', 'Cierzo Media', 'Harbour & Sons',
];
