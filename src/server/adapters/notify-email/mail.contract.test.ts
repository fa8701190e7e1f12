import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ChannelTarget } from '#features/notifications/core/channel.ts';
import type { SendProblem } from '#features/notifications/core/send-problem.ts';
import type { MailSimulator } from '#tools/simulators/receivers/mail.ts';
import { aMessage, mailServers, mailSettings, mailUser } from '../senders.fake.ts';
import { createEmailSender } from './sender.ts';

const mails = mailServers();
const sender = createEmailSender();
let mail: MailSimulator;
beforeAll(async () => {
  mail = await mails.open();
});
beforeEach(() => void (mail.letters.length = 0));
afterAll(() => mails.close());

async function problemOf(target: Parameters<typeof sender.send>[0]): Promise<SendProblem> {
  const sent = await sender.send(target, aMessage());
  if (sent.ok) throw new Error('it was sent');
  return sent.error;
}

describe('C-19: mail', () => {
  test('goes to everybody, from the house, with a stable id and no header of its making', async () => {
    await sender.send(
      { settings: mailSettings(mail.port), secret: mailUser.password },
      aMessage({ title: 'Dune\r\nBcc: eve@example.org' }),
    );
    const [letter] = mail.letters;
    expect(letter).toMatchObject({ from: 'keeper@example.org', to: ['ana@example.org', 'bea@example.org'] });
    expect(letter?.raw).toMatch(/^Message-ID: <d-1@keepercheky>/m);
    expect(letter?.raw).toMatch(/^Auto-Submitted: auto-generated/m);
    expect(letter?.raw).not.toMatch(/^Bcc:/m);
  });

  test('a certificate that nobody vouches for is not trusted, with TLS and with STARTTLS', async () => {
    const [secure, starts] = [await mails.open({ secure: true }), mail];
    const target = (port: number, security: 'tls' | 'starttls'): ChannelTarget => ({
      settings: { ...mailSettings(port), security },
      secret: mailUser.password,
    });
    for (const one of [target(secure.port, 'tls'), target(starts.port, 'starttls')])
      expect(await problemOf(one)).toMatchObject({ code: 'send.certificate-not-trusted' });
    expect([...secure.letters, ...starts.letters]).toEqual([]);
  });

  test('the password does not go over a line that was to be encrypted and is not', async () => {
    const plain = await mails.open({ plain: true });
    const at = (security: 'tls' | 'starttls'): ChannelTarget => ({
      settings: { ...mailSettings(plain.port), security },
      secret: mailUser.password,
    });
    expect(await problemOf(at('starttls'))).toEqual({ code: 'send.no-encryption' });
    expect(await problemOf(at('tls'))).toEqual({ code: 'send.no-encryption' });
    expect(plain.letters).toEqual([]);
  });

  test('travels encrypted where the certificate is trusted', async () => {
    const trusting = createEmailSender(({ host, port }, pass) =>
      createTransport({
        host,
        port,
        requireTLS: true,
        auth: { user: mailUser.name, pass: pass ?? '' },
        tls: { rejectUnauthorized: false },
      }),
    );
    const settings = { ...mailSettings(mail.port), security: 'starttls' } as const;
    expect(await trusting.send({ settings, secret: mailUser.password }, aMessage())).toMatchObject({
      ok: true,
    });
    expect(mail.letters[0]).toMatchObject({ isEncrypted: true });
  });

  test('an address that the server does not know is named', async () => {
    const picky = await mails.open({ unknownTo: 'ana@example.org' });
    const settings = { ...mailSettings(picky.port), to: ['ana@example.org'] };
    expect(await problemOf({ settings, secret: mailUser.password })).toMatchObject({
      code: 'send.address-refused',
      address: 'ana@example.org',
    });
  });

  test('greylisting passes', async () => {
    const busy = await mails.open({ busy: 1 });
    const target = { settings: mailSettings(busy.port), secret: mailUser.password };
    expect(await problemOf(target)).toMatchObject({ code: 'send.server-error', status: 451 });
    expect(await sender.send(target, aMessage())).toMatchObject({ ok: true });
  });
});
