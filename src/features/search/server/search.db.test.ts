import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { indexing, openSearch } from './open.fake.ts';
import { aDocument, fakeTexts, putThree, type FakeTexts } from './ports.fake.ts';

let database: TestDatabase;
let texts: FakeTexts;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const open = () => openSearch(database.db, texts);
const find = (text: string, page = 1) => open().search.search({ text, page });
const ids = async (text: string) => (await find(text)).documents.map(({ id }) => id);

beforeEach(async () => {
  texts = fakeTexts();
  await open().index.rebuild(indexing);
  putThree(texts);
  await open().index.catchUp('post', indexing);
});

describe('words', () => {
  test('find other forms of themselves, with and without accents, in either language', async () => {
    expect(await ids('cancion')).toEqual(['cancion']);
    expect(await ids('CANCIÓN estudio')).toContain('cancion');
    expect((await ids('recording song'))[0]).toBe('song');
    expect(await ids('microfonos')).toEqual(['cancion']);
  });

  test('common words of a language are not asked for unless there is nothing else', async () => {
    expect((await ids('the song of a studio'))[0]).toBe('song');
    expect((await find('de la')).documents.length).toBeLessThanOrEqual(3);
  });

  test('in the title rank higher than in the text', async () => {
    texts.put(aDocument({ ref: 'titled', title: 'Guitar', body: 'Six strings and wood.' }));
    await open().index.catchUp('post', indexing);
    expect((await ids('guitar'))[0]).toBe('titled');
  });

  test('that stand together in a whole passage rank higher than one of them in a short comment', async () => {
    const long = `${'Una tarde tranquila de domingo. '.repeat(17)}La laguna y la nube. ${'Nada más que contar hoy. '.repeat(17)}`;
    texts.put(aDocument({ ref: 'long', body: long }));
    texts.put(aDocument({ ref: 'short', body: 'Nada.', comments: ['Bo: laguna'] }));
    for (let number = 0; number < 40; number += 1)
      texts.put(
        aDocument({ ref: `chat${number}`, comments: [`Al: gracias ${number}`, `Bo: hola ${number}`] }),
      );
    await open().index.sweep(indexing);
    expect((await ids('laguna nube'))[0]).toBe('long');
  });

  test('side by side, as they were typed, rank higher than scattered ones', async () => {
    const people = {
      scattered: 'Sunil came with Priya Nair and the old Ruben. Later Moss and Abernathy sang of the sea.',
      turned: 'On the list stood Abernathy, Sunil. Later Moss and Priya Nair sang of the sea. Old Ruben.',
      beside: 'On the sea sang Sunil Abernathy. Later Moss and Priya Nair came with a list. Old Ruben.',
    };
    for (const [ref, body] of Object.entries(people)) texts.put(aDocument({ ref, title: '', body }));
    await open().index.catchUp('post', indexing);
    expect(await ids('Sunil Abernathy')).toEqual(['beside', 'turned', 'scattered']);
    expect((await ids('Priya Nair sea')).toSorted()).toEqual(['beside', 'scattered', 'turned']);
    // Narrowed to so few that the index is not asked.
    expect(await ids('Sunil Abernathy creator:ana')).toEqual(['beside', 'turned', 'scattered']);
    // Alternatives are not looked for together.
    const apart = await ids('Sunil OR Abernathy');
    expect(apart).toEqual(await ids('Abernathy OR Sunil'));
  });

  test('are marked in the passage, and the result opens at its block', async () => {
    const [document] = (await find('micrófono')).documents;
    const [passage] = document?.passages ?? [];
    expect(passage?.snippet.filter(({ isHit }) => isHit)).toEqual([{ text: 'micrófono', isHit: true }]);
    expect(document?.href).toBe('/archive/posts/cancion#block-1');
  });

  test('a comment is found and opened where it stands', async () => {
    const [document] = (await find('armonia')).documents;
    expect(document?.href).toBe('/archive/posts/cancion?comments=all#comment-k0');
    expect(document?.passages[0]?.part).toBe('comments');
  });
});

describe('the language of a query', () => {
  test('phrases stand side by side, and -words do not stand there', async () => {
    expect(await ids('"new song"')).toEqual(['song']);
    expect(await ids('"song new"')).toEqual([]);
    expect(await ids('guitar -flour')).toEqual([]);
    expect(await ids('song OR flour')).toEqual(expect.arrayContaining(['song', 'bread']));
    expect(await ids('flo*')).toEqual(['bread']);
  });

  test('filters narrow, alone or beside words', async () => {
    expect(await ids('creator:lopez')).toEqual(expect.arrayContaining(['cancion', 'bread']));
    expect(await ids('creator:bo')).toEqual(['song']);
    expect(await ids('-creator:bo after:2026')).toEqual(['cancion']);
    expect(await ids('tag:musica')).toEqual(['cancion']);
    expect(await ids('list:"lo mejor"')).toEqual(['cancion']);
    expect(await ids('status:locked type:audio')).toEqual(['song']);
    expect(await ids('before:2024-05-18')).toEqual(['song']);
    expect(await ids('guitarra in:comments')).toEqual([]);
    expect(await ids('armonia in:comments')).toEqual(['cancion']);
  });

  test('rank what they let through alike, whether that is much or little', async () => {
    const isRare = (n: number) => n % 13 === 0;
    for (let n = 0; n < 130; n += 1) {
      const tags = ['all', isRare(n) ? 'rare' : 'usual'];
      texts.put(aDocument({ ref: `t${n}`, title: '', body: `laguna ${'viento '.repeat(n % 7)}`, tags }));
    }
    await open().index.sweep(indexing);
    const every = [];
    for (let page = 1; page <= 13; page += 1)
      every.push(...(await find('laguna viento tag:all', page)).documents.map(({ id }) => id));
    expect(every).toHaveLength(130);
    expect(await ids('laguna viento tag:rare')).toEqual(every.filter((id) => isRare(Number(id.slice(1)))));
    expect((await find('laguna viento -tag:rare')).total).toBe(120);
  });

  test('what a percent sign or an underscore means in SQL is not what it means here', async () => {
    expect(await ids('tag:%')).toEqual([]);
    expect(await ids('creator:a_a')).toEqual([]);
  });
});

describe('slips of the keyboard', () => {
  test('when nothing is found, the nearest word is looked for and named', async () => {
    const results = await find('guitrra');
    expect(results.corrected).toBe('guitarra');
    expect(results.documents.map(({ id }) => id)).toEqual(['cancion']);
  });

  test('the nearest word is named as people write it', async () => {
    expect((await find('armonnia')).corrected).toBe('armonía');
    expect((await find('guitarra microfonno')).didYouMean).toBe('guitarra micrófono');
  });

  test('when something is found all the same, the nearest word is only offered', async () => {
    const results = await find('studio recordde');
    expect(results.corrected).toBeNull();
    expect(results.didYouMean).toBe('studio recorded');
  });

  test('a stop word is no slip', async () => {
    expect((await find('the song')).didYouMean).toBeNull();
  });

  test('what is being typed is completed', async () => {
    const { titles, words } = await open().search.suggest('winter so');
    expect(titles.map(({ title }) => title)).toEqual(['Winter songs']);
    expect((await open().search.suggest('guit')).words).toEqual(['guitar', 'guitarra']);
    expect(words).toEqual(['song']);
  });

  test('has each title once', async () => {
    texts.put(aDocument({ ref: 'again', title: 'Winter songs', type: 'audio', body: 'Once more.' }));
    await open().index.sweep(indexing);
    expect((await open().search.suggest('winter so')).titles).toHaveLength(1);
  });

  test('is completed as people write it', async () => {
    const { suggest } = open().search;
    expect((await suggest('armon')).words).toEqual(['armonía']);
    expect((await suggest('micr')).words).toEqual(['micrófono', 'microphones']);
    texts.put(aDocument({ ref: 'hasty', body: 'La guitarra y la armonia, sin acento.' }));
    await open().index.sweep(indexing);
    expect((await suggest('armon')).words).toEqual(['armonía']);
  });
});

describe('facets', () => {
  test('count the documents that were found', async () => {
    const { facets, total } = await find('cancion OR song OR flour');
    expect(total).toBe(3);
    expect(facets.creator).toEqual([
      { value: 'Ana López', count: 2 },
      { value: 'Bo Larsen', count: 1 },
    ]);
    expect(facets.type).toContainEqual({ value: 'audio', count: 1 });
  });
});

describe('whatever is typed', () => {
  const hostile = [
    'x'.repeat(10_000),
    'palabra '.repeat(2_000),
    'the a of',
    '-song',
    '- - - -',
    '"unbalanced',
    `'; drop table search_passages; --`,
    `a & | ! ( ) <-> :* :A b\\'c '' ""`,
    '\u0000\u0001',
    '👩‍👩‍👧 🎸',
    'مرحبا "بالعالم" -שלום',
    'tag:x '.repeat(500),
    'before:yesterday after:99999 in:nowhere',
    '* ** :* creator: creator:"" OR OR OR',
    '%s %d $1 $2 ${x} {{y}}',
    '\\',
    '\ud800',
  ];

  test.each(hostile)('there is an answer to %j', async (text) => {
    const { documents, issues } = await find(text);
    expect(documents.length + issues.length).toBeGreaterThanOrEqual(0);
    await open().search.suggest(text);
  });

  test('there is an answer to everything else too', async () => {
    const word = fc.constantFrom(
      'song',
      'OR',
      '-',
      '"',
      '*',
      ':',
      'tag:',
      'in:body',
      '&',
      '|',
      '!',
      '<->',
      "'",
      '\\',
      '(',
      'é',
      '世',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(word).map((all) => all.join('')),
        ),
        async (text) => {
          await find(text);
          await open().search.suggest(text);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('a page that is not there is empty', async () => {
    expect((await find('song', 50)).documents).toEqual([]);
  });
});
