import { fail } from '@sveltejs/kit';
import { adoptForm, compareForm } from '#features/cleanup/server/janitorr/janitorr.schemas.ts';
import { draftNames } from '#features/cleanup/ui/janitorr-words.ts';
import { m } from '#i18n/messages.js';
import type { Actions } from './$types';

const PAGE_SIZE = 50;
/** A file of Janitorr has a few thousand bytes; what is larger is not even read. */
const MOST_BYTES = 400_000;

/** What the file does not say: how the policies are called, and where their nights are. */
const words = () => ({
  names: {
    films: draftNames.films(),
    shows: draftNames.shows(),
    'film-tags': draftNames['film-tags'](),
    'show-tags': draftNames['show-tags'](),
    episodes: draftNames.episodes(),
  },
  timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
});

type Problem = { code: string; line?: number };

const problemText = ({ code, line = 0 }: Problem): string => {
  if (code === 'janitorr.too-large') return m.janitorr_error_too_large();
  if (code === 'janitorr.not-yaml') return m.janitorr_error_not_yaml({ line });
  return code === 'janitorr.not-kept' ? m.janitorr_error_not_kept() : m.janitorr_error_nothing();
};

const refuse = (problem: Problem) => fail(400, { problem: problemText(problem) });

/** The file counts when there is one; a form without a choice sends an empty one. */
async function givenText(data: FormData): Promise<string | null> {
  const file = data.get('file');
  if (file instanceof File && file.size > 0) return file.size > MOST_BYTES ? null : file.text();
  const text = data.get('text');
  return typeof text === 'string' ? text : '';
}

const sealedOf = (data: FormData): string => {
  const sealed = data.get('sealed');
  return typeof sealed === 'string' ? sealed : '';
};

/** A form field that is posted several times is a list. */
const fieldsOf = (data: FormData) =>
  Object.fromEntries([...new Set(data.keys())].map((name) => [name, data.getAll(name)]));

export const actions: Actions = {
  read: async ({ request, locals }) => {
    const text = await givenText(await request.formData());
    if (text === null) return refuse({ code: 'janitorr.too-large' });
    if (text.trim() === '') return fail(400, { problem: m.janitorr_error_empty() });
    const reading = await locals.app.janitorr.read(text, words());
    if (!reading.ok) return refuse(reading.error);
    return { reading: reading.value, sealed: locals.app.janitorr.seal(text) };
  },

  compare: async ({ request, locals }) => {
    const data = await request.formData();
    const { janitorr } = locals.app;
    const sealed = sealedOf(data);
    const text = janitorr.unseal(sealed);
    if (!text.ok) return refuse(text.error);
    const fields = Object.fromEntries([...data].filter(([, value]) => value !== ''));
    const { page, diskId, isWarned, ...filter } = compareForm.parse(fields);
    const place = { offset: (page - 1) * PAGE_SIZE, limit: PAGE_SIZE };
    const wish = { words: words(), diskId, isWarned, filter: { ...filter, ...place } };
    const [reading, compared] = await Promise.all([
      janitorr.read(text.value, words()),
      janitorr.compare(text.value, wish),
    ]);
    if (!reading.ok) return refuse(reading.error);
    if (!compared.ok) return refuse(compared.error);
    const shown = { page, pageSize: PAGE_SIZE, diskId, isWarned, ...filter };
    return { reading: reading.value, sealed, comparison: compared.value, shown };
  },

  adopt: async ({ request, locals }) => {
    const data = await request.formData();
    const text = locals.app.janitorr.unseal(sealedOf(data));
    if (!text.ok) return refuse(text.error);
    const { connections, policies, settings } = fieldsOf(data);
    const choices = adoptForm.safeParse({ connections, policies, settings: settings?.[0] });
    if (!choices.success) return refuse({ code: 'janitorr.not-kept' });
    const adopted = await locals.app.janitorr.adopt(text.value, choices.data, words());
    return adopted.ok ? { adopted: adopted.value } : refuse(adopted.error);
  },
};
