import { describe, expect, test } from 'vitest';
import { parseForm } from '#ui/form.ts';
import { channelForm, newChannelSchema, personForm, settingsForm } from './schemas.ts';

const posted = (fields: Record<string, string | readonly string[]>): FormData => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields))
    for (const one of typeof value === 'string' ? [value] : value) data.append(name, one);
  return data;
};
const common = { name: 'House', language: 'es', enabled: 'on' };
const mail = {
  ...common,
  kind: 'email',
  host: 'mail.lan',
  port: '587',
  security: 'starttls',
  user: '',
  from: 'keeper@example.org',
  to: 'ana@example.org; bea@example.org',
  secret: '',
};

describe('a channel from a form', () => {
  test('is read whole: boxes, several addresses, and what is empty', () => {
    const read = parseForm(posted({ ...mail, topics: ['run-done', 'leaving-soon'] }), channelForm);
    expect(read).toMatchObject({
      ok: true,
      value: {
        enabled: true,
        tellsRequesters: false,
        topics: ['run-done', 'leaving-soon'],
        secret: undefined,
        settings: { kind: 'email', port: 587, user: null, to: ['ana@example.org', 'bea@example.org'] },
      },
    });
  });

  test('may tell the house nothing, or one thing', () => {
    for (const topics of [[], ['run-done']])
      expect(parseForm(posted({ ...mail, topics }), channelForm)).toMatchObject({
        ok: true,
        value: { topics },
      });
  });

  test('goes to the usual server of its service when none is named', () => {
    const ntfy = { ...common, kind: 'ntfy', url: '', topic: 'house', priority: '3', secret: '' };
    const telegram = { ...common, kind: 'telegram', url: '', chat: '-1001', thread: '', secret: 'x' };
    expect(parseForm(posted(ntfy), channelForm)).toMatchObject({
      value: { settings: { url: 'https://ntfy.sh', topic: 'house' } },
    });
    expect(parseForm(posted(telegram), channelForm)).toMatchObject({
      value: { settings: { url: 'https://api.telegram.org', thread: null } },
    });
  });

  test('never sends its secret back to the page', () => {
    const refused = parseForm(posted({ ...mail, port: '0', secret: 'password' }), channelForm);
    expect(refused).toMatchObject({ ok: false, state: { errors: { port: expect.anything() as unknown } } });
    expect(JSON.stringify(refused)).not.toContain('password');
  });

  test.each([
    [{ ...mail, to: 'nobody' }, 'to'],
    [{ ...mail, from: '' }, 'from'],
    [{ ...common, kind: 'telegram', chat: 'my chat', secret: 'x' }, 'chat'],
    [{ ...common, kind: 'ntfy', topic: 'a topic', priority: '3' }, 'topic'],
    [{ ...common, kind: 'ntfy', topic: 'house', priority: '9' }, 'priority'],
    [{ ...common, kind: 'pigeon' }, 'kind'],
  ])('says what is wrong beside its field: %#', (fields, field) => {
    const read = parseForm(posted(fields), channelForm);
    expect(read.ok ? [] : Object.keys(read.state.errors)).toContain(field);
  });
});

test('the API refuses a field that a kind does not have', () => {
  const settings = { kind: 'discord', url: 'http://elsewhere' };
  expect(newChannelSchema.safeParse({ name: 'x', topics: [], settings, secret: 's' }).success).toBe(false);
});

test('a person may have any of the addresses, and the settings no address at all', () => {
  expect(
    parseForm(posted({ person: 'Ana', email: '', ntfyTopic: 'ana', telegramChat: '' }), personForm),
  ).toMatchObject({
    ok: true,
    value: { person: 'Ana', ntfyTopic: 'ana' },
  });
  expect(parseForm(posted({ publicUrl: '', keepDays: '30' }), settingsForm)).toMatchObject({
    ok: true,
    value: { keepDays: 30 },
  });
  expect(parseForm(posted({ publicUrl: '', keepDays: '0' }), settingsForm).ok).toBe(false);
});
