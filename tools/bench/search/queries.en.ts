import type { Judged } from './judged.ts';

const en = (sort: Judged['sort'], text: string, wants: Judged['wants']): Judged => ({
  text,
  sort,
  language: 'en',
  wants,
});

export const english: readonly Judged[] = [
  en('keyword', 'hachures', { 3: [{ topic: 'mountains', says: 'hachures' }], 2: [{ topic: 'mountains' }] }),
  en('keyword', 'tide hound', { 3: [{ says: 'tide hound' }], 2: [{ topic: 'bestiary' }] }),
  en('keyword', 'iron gall ink', { 3: [{ says: 'Iron gall goes on grey' }], 2: [{ topic: 'inks-paper' }] }),
  en('keyword', 'hexcrawl travel rules', { 3: [{ topic: 'hexcrawl' }] }),
  en('keyword', 'risograph', { 3: [{ says: 'Risograph printing gives' }], 2: [{ topic: 'zines' }] }),
  en('keyword', 'Antikythera mechanism', { 3: [{ topic: 'antikythera' }] }),
  en('keyword', 'Voyager golden record', {
    3: [{ topic: 'voyager', says: 'golden record holds' }],
    2: [{ topic: 'voyager' }],
    1: [{ says: 'Voyager' }],
  }),
  en('keyword', 'Harrison longitude clock', {
    3: [{ topic: 'longitude' }],
    1: [{ says: 'resolviera la longitud en el mar' }],
  }),
  en('keyword', 'solar storm 1859', { 3: [{ topic: 'carrington' }] }),
  en('keyword', 'city street plan', { 3: [{ topic: 'city-maps' }], 1: [{ says: 'street plan' }] }),
  en('keyword', 'river names lettering', {
    3: [{ says: 'River names follow the current' }],
    2: [{ topic: 'lettering' }],
  }),
  en('keyword', 'Captain Isolde Vane', { 3: [{ says: 'Captain Isolde Vane' }] }),
  en('keyword', 'Eel Queen Saltmere', {
    3: [{ says: ['Eel Queen', 'Saltmere'] }],
    2: [{ says: 'Eel Queen', within: 'body' }],
    1: [{ says: 'Eel Queen' }, { says: 'Saltmere' }],
  }),
  en('keyword', 'playtest report stress dice', {
    3: [{ topic: 'playtest', says: 'The stress dice were meant' }],
    2: [{ topic: 'playtest' }],
  }),

  en('phrase', '"pale blue dot"', { 3: [{ says: 'pale blue dot' }] }),
  en('phrase', '"lunar distances"', { 3: [{ says: 'lunar distances' }] }),
  en('phrase', '"kerning by hand"', { 3: [{ says: 'kerning by hand' }] }),
  en('phrase', '"guest star"', { 3: [{ says: 'guest star' }] }),
  en('phrase', '"high tide" coast', { 3: [{ says: 'I mark the high tide in ink' }] }),

  en('synonym', 'sea monsters for a game', {
    3: [{ topic: 'bestiary' }],
    1: [{ says: 'Monsters need a larder' }],
  }),
  en('synonym', 'fonts on maps', {
    3: [{ topic: 'lettering' }],
    1: [{ says: 'I set the text in Cormorant' }],
  }),
  en('synonym', 'cost of shipping books overseas', {
    3: [{ says: 'Postage to Australia now costs' }],
    2: [{ topic: 'zines' }],
  }),
  en('synonym', 'volcanic eruption', {
    3: [{ topic: 'krakatoa' }],
    1: [{ says: 'volcanoes had a second home' }],
  }),
  en('synonym', 'first woman paid as an astronomer', {
    3: [{ says: 'the first salary for a woman in British astronomy' }],
    2: [{ topic: 'caroline-herschel' }, { says: 'was paid thirty cents an hour' }],
    1: [{ topic: 'leavitt' }],
  }),
  en('synonym', 'fake news about life on the moon', { 3: [{ topic: 'moon-hoax' }] }),
  en('synonym', 'exploding star', { 3: [{ topic: 'supernova-1054' }] }),
  en('synonym', 'designing underground levels', { 3: [{ topic: 'dungeons' }] }),

  en('question', 'how big should a hex be?', {
    3: [{ says: 'Six-mile hexes are the right size' }],
    2: [{ topic: 'hexcrawl' }],
    1: [{ says: 'Hex size?' }],
  }),
  en('question', 'how do I draw a swamp?', {
    3: [{ says: 'Four strokes make a swamp' }, { says: 'How to draw a swamp' }],
    2: [{ topic: 'symbols' }],
  }),
  en('question', 'who discovered Pluto?', {
    3: [
      { topic: 'pluto', says: 'flicked between two plates' },
      { says: 'Clyde Tombaugh blinks and finds Pluto' },
    ],
    2: [{ topic: 'pluto' }],
  }),
  en('question', 'why does a dungeon need loops?', {
    3: [{ says: 'A dungeon without loops is a corridor' }],
    2: [{ topic: 'dungeons' }],
  }),
  en('question', 'at what resolution should I scan ink drawings?', {
    3: [{ says: 'Scan at 600 dots per inch' }],
    2: [{ topic: 'inks-paper' }],
    1: [{ says: 'the file at a higher resolution' }],
  }),
  en('question', 'how many seconds did the clock lose on the way to Jamaica?', {
    3: [{ says: 'lost five seconds on the way to Jamaica' }],
    2: [{ topic: 'longitude' }],
  }),
  en('question', 'when did Voyager leave the heliosphere?', {
    3: [{ says: 'Voyager 1 crossed the heliopause' }],
    2: [{ topic: 'voyager' }],
  }),
  en('question', 'who suggested the name of the ninth planet?', {
    3: [{ says: 'Venetia Burney' }],
    2: [{ topic: 'pluto' }],
    1: [{ says: 'William wanted to call the planet George' }],
  }),
  en('question', 'from where does the light fall on a map?', {
    3: [{ says: 'Light falls from the north-west' }],
    2: [{ topic: 'mountains' }],
  }),

  en('misspelt', 'antikitera', { 3: [{ topic: 'antikythera' }] }),
  en('misspelt', 'Krakatao', { 3: [{ topic: 'krakatoa' }] }),
  en('misspelt', 'besitary', { 3: [{ topic: 'bestiary' }] }),
  en('misspelt', 'coastlnes tutorial', {
    3: [{ topic: 'coastlines' }],
    1: [{ topic: 'mountains' }],
  }),
  en('misspelt', 'supernovva crab nebulla', { 3: [{ topic: 'supernova-1054' }] }),
];
