import type { Judged } from './judged.ts';

const by = (language: 'es' | 'en', text: string, wants: Judged['wants']): Judged => ({
  text,
  sort: 'people',
  language,
  wants,
});

/** Who only shares one of the names is another person. */
const inCast = (name: string) => ({ says: name, within: 'cast' }) as const;
const among = (name: string) => ({ says: name, within: 'makers' }) as const;

/** By whom a film or a show is: what is asked of a name alone, of a name with a role, and of a name with a filter. */
export const ofPeople: readonly Judged[] = [
  by('es', 'Marta Ferrán', { 3: [inCast('Marta Ferrán'), among('Marta Ferrán')] }),
  by('es', 'películas con Olalla Ordóñez', { 3: [inCast('Olalla Ordóñez')], 2: [among('Olalla Ordóñez')] }),
  by('es', 'leonor villalba in:makers', { 3: [among('Leonor Villalba')] }),
  by('es', 'Ignacio Tejada director', { 3: [among('Ignacio Tejada')] }),
  by('en', 'Wren Okafor', { 3: [inCast('Wren Okafor')] }),
  by('en', 'films with Kwame Carraway', { 3: [inCast('Kwame Carraway')], 2: [among('Kwame Carraway')] }),
  by('en', 'written by Desmond Fairweather', { 3: [among('Desmond Fairweather')] }),
  by('en', 'Wren Okafor as Silas', {
    3: [inCast('Wren Okafor (Silas)')],
    2: [inCast('Wren Okafor')],
  }),
];
