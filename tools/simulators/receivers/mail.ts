import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

export type Letter = { from: string; to: readonly string[]; raw: string; isEncrypted: boolean };

export type MailOptions = {
  /** TLS from the first byte. */
  secure?: boolean;
  /** Offers no STARTTLS. */
  plain?: boolean;
  user?: { name: string; password: string };
  /** Refused at RCPT TO, as a server that knows its own people does. */
  unknownTo?: string;
  /** Answers 4xx to so many messages: greylisting, a full disk. */
  busy?: number;
};

export type MailSimulator = {
  host: string;
  port: number;
  letters: Letter[];
  close: () => Promise<void>;
};

const refusal = (code: number, text: string): Error => Object.assign(new Error(text), { responseCode: code });

/** A real SMTP server. Its certificate is its own, so nobody should trust it. */
export async function startMail(options: MailOptions = {}): Promise<MailSimulator> {
  const letters: Letter[] = [];
  let busy = options.busy ?? 0;
  const server = new SMTPServer({
    secure: options.secure ?? false,
    authOptional: options.user === undefined,
    disabledCommands: [...(options.plain ? ['STARTTLS'] : []), ...(options.user ? [] : ['AUTH'])],
    allowInsecureAuth: true,
    logger: false,
    onAuth: ({ username, password }, _session, done) =>
      username === options.user?.name && password === options.user?.password
        ? done(null, { user: username })
        : done(refusal(535, '5.7.8 Authentication credentials invalid')),
    onRcptTo: ({ address }, _session, done) =>
      done(address === options.unknownTo ? refusal(550, '5.1.1 No such user here') : null),
    onData: (stream, { envelope, secure }, done) => {
      void text(stream).then((raw) => {
        if (busy > 0) {
          busy -= 1;
          return done(refusal(451, '4.7.1 Greylisted, try again later'));
        }
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        const to = envelope.rcptTo.map(({ address }) => address);
        letters.push({ from, to, raw, isEncrypted: secure });
        return done(null);
      });
    },
  });
  server.on('error', () => undefined); // a client that does not trust the certificate hangs up
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.server.address() as AddressInfo;
  return {
    host: '127.0.0.1',
    port,
    letters,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
