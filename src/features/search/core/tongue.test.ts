import { expect, test } from 'vitest';
import { isSurely, sureTongue } from './tongue.ts';

const spanish =
  'La luz de la tarde entraba por la ventana del taller y el barniz olía a resina; en un rincón dormía el gato con una pata sobre los ojos.';
const english =
  'The light of the evening came in through the window of the workshop and it was warm; that is why the cat slept on the chair.';
const others = {
  Portuguese:
    'A luz da tarde entrava pela janela da oficina e o verniz cheirava a resina; num canto dormia o gato com uma pata sobre os olhos.',
  Catalan:
    'La llum de la tarda entrava per la finestra de l’obrador i el vernís feia olor de resina; en un racó dormia el gat amb una pota sobre els ulls.',
  Italian:
    'La luce della sera entrava dalla finestra della bottega e la vernice sapeva di resina; in un angolo dormiva il gatto con una zampa sugli occhi.',
  Dutch:
    'Het licht van de avond viel door het raam van de werkplaats en het was er warm; daarom sliep de kat op de stoel van mijn vader.',
};

test('a passage in the language of its document is known by its small words', () => {
  expect(isSurely('es', spanish)).toBe(true);
  expect(isSurely('en', english)).toBe(true);
});

test('one in another language is left to the detector', () => {
  expect(isSurely('en', spanish)).toBe(false);
  expect(isSurely('es', english)).toBe(false);
  expect(isSurely('other', english)).toBe(false);
  for (const [name, text] of Object.entries(others)) {
    expect(isSurely('es', text), name).toBe(false);
    expect(isSurely('en', text), name).toBe(false);
  }
});

test('a list of names is left to the detector', () => {
  expect(isSurely('en', 'Ana, Berta, Carla, Diana, Elena, Flora, Gala, Helena, Irene')).toBe(false);
});

test('a text is surely in one language, and not in one when it has the small words of both', () => {
  const more = `${spanish} Lo vio su dueño, que ya era muy viejo.`;
  expect(sureTongue(more)).toBe('es');
  expect(sureTongue(english)).toBe('en');
  expect(sureTongue(`${more} ${english}`)).toBeNull();
  for (const [name, text] of Object.entries(others)) expect(sureTongue(text), name).toBeNull();
});

test.each([
  ['Italian', 'Vengo con te al mare perché il sole su quella spiaggia è bello e lo sai anche tu, amico mio.'],
  ['Norwegian', 'Takk for alt dere har gjort for oss i sommer, det var en fin tid for hele familien min.'],
  ['French', 'Il y a longtemps que je voulais vous montrer ce petit film, et il y a enfin du nouveau.'],
])('a short text in %s has some small words of another language, and is not surely in that', (_, text) => {
  expect(sureTongue(text)).toBeNull();
});
