import type { Judged } from './judged.ts';

const said = (text: string, language: 'es' | 'en', wants: Judged['wants']): Judged => ({
  text,
  sort: 'speech',
  language,
  wants,
});
const written = (text: string, language: 'es' | 'en', wants: Judged['wants']): Judged => ({
  text,
  sort: 'pdf',
  language,
  wants,
});

const inSpeech = (says: string): Judged['wants'] => ({ 3: [{ says, within: 'transcript' }] });
const inPdf = (says: string): Judged['wants'] => ({ 3: [{ says, within: 'pdf' }] });

/** What is said in sound and films, or stands in a PDF: asked for there, or wherever it may be. */
export const ofFiles: readonly Judged[] = [
  said('las gallinas se recogieron in:transcript', 'es', inSpeech('las gallinas se recogieron')),
  said(
    'siete varetas de Antonio de Torres in:transcript',
    'es',
    inSpeech('Antonio de Torres dejó siete varetas'),
  ),
  said('Flammarion y el cianógeno', 'es', {
    3: [{ says: 'Camille Flammarion habló de cianógeno' }],
    2: [{ topic: 'halley-1910' }],
  }),
  said('aire acondicionado y una palangana de agua', 'es', {
    3: [{ says: 'una palangana de agua debajo del piano' }],
    2: [{ topic: 'humedad' }],
  }),
  said('Quebec in ninety seconds in:transcript', 'en', inSpeech('switched off Quebec in ninety seconds')),
  said('Leavitt thirty cents in:transcript', 'en', inSpeech('was paid thirty cents an hour')),
  said('admiral Shovell shipwreck on the Scilly rocks', 'en', {
    3: [{ says: 'Sir Cloudesley Shovell struck the Scilly rocks' }],
    2: [{ topic: 'longitude' }],
  }),
  said('streets are older than houses', 'en', {
    3: [{ says: 'Streets are older than houses' }],
    2: [{ topic: 'city-maps' }],
  }),

  written('piedra pómez in:pdf', 'es', inPdf('espolvoreo piedra pómez')),
  written('baño maría a sesenta grados in:pdf', 'es', inPdf('se funde al baño maría a sesenta grados')),
  written('jaboncillo y tiza in:pdf', 'es', inPdf('Jaboncillo para que resbale')),
  written('clepsidras junto al Tajo', 'es', {
    3: [{ says: 'unas clepsidras junto al Tajo' }],
    2: [{ topic: 'azarquiel' }],
  }),
  written('Ordnance Survey specimen sheet in:pdf', 'en', inPdf('an Ordnance Survey specimen sheet')),
  written('harpsichord in tune in:pdf', 'en', inPdf('Result 14 is a harpsichord')),
  written('Essex saltmarshes from above in:pdf', 'en', inPdf('Look at the Essex saltmarshes')),
  written('long-arm stapler', 'en', {
    3: [{ says: 'The long-arm stapler cost more' }],
    2: [{ topic: 'zines' }],
  }),
];
