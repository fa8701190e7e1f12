import type { ChannelSettings } from '#features/notifications/core/channel.ts';
import type { SendProblem } from '#features/notifications/core/send-problem.ts';
import { redact } from '#server/platform/http-failure.ts';

type MailSettings = Extract<ChannelSettings, { kind: 'email' }>;

/** The parts of nodemailer's errors that are used: see its errors.js. */
type MailError = { code: string; command: string; responseCode: number; message: string };

const part = (problem: object, name: string): unknown => (problem as Record<string, unknown>)[name];

function read(problem: unknown, secrets: readonly string[]): MailError {
  const words = redact(problem instanceof Error ? problem.message : String(problem), secrets);
  const message = words.replace(/\s+/g, ' ').slice(0, 200);
  if (!(problem instanceof Error)) return { code: '', command: '', responseCode: 0, message };
  const [code, command, responseCode] = ['code', 'command', 'responseCode'].map((name) =>
    part(problem, name),
  );
  return {
    code: typeof code === 'string' ? code : '',
    command: typeof command === 'string' ? command : '',
    responseCode: typeof responseCode === 'number' ? responseCode : 0,
    message,
  };
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** As it goes over the line: a server may repeat what it was told, and its sentence is stored and shown. */
const spellings = (user: string | null, password: string | null): string[] =>
  password === null ? [] : [password, base64(password), base64(`\0${user ?? ''}\0${password}`)];

/** SMTP: 4xx passes, 5xx does not. */
export function toMailProblem(
  problem: unknown,
  { host, to, user }: MailSettings,
  { password, afterMs }: { password: string | null; afterMs: number },
): SendProblem {
  const { code, command, responseCode, message } = read(problem, spellings(user, password));
  if (responseCode === 454 || (responseCode >= 400 && responseCode < 500))
    return { code: 'send.server-error', status: responseCode, reason: message };
  switch (code) {
    case 'EAUTH':
    case 'ENOAUTH':
      return { code: 'send.secret-refused' };
    case 'EENVELOPE':
      return { code: 'send.address-refused', address: to.join(', '), reason: message };
    case 'ETIMEDOUT':
      return { code: 'send.timed-out', afterMs };
    case 'EDNS':
    case 'ENOTFOUND':
      return { code: 'send.host-unknown', host };
    case 'ETLS':
      return command === 'STARTTLS'
        ? { code: 'send.no-encryption' }
        : { code: 'send.certificate-not-trusted', reason: message };
    case 'ESOCKET':
    case 'ECONNECTION':
      return connection(message, host);
    default:
      return responseCode >= 500
        ? { code: 'send.rejected', reason: message }
        : { code: 'send.unreachable', reason: message };
  }
}

function connection(message: string, host: string): SendProblem {
  if (/ECONNREFUSED/.test(message)) return { code: 'send.refused', host };
  if (/certificate|self.signed|altname/i.test(message))
    return { code: 'send.certificate-not-trusted', reason: message };
  // OpenSSL's words for "that was no TLS": the wrong port, or the wrong kind of encryption.
  if (/wrong version number|packet length too long|SSL routines/i.test(message))
    return { code: 'send.no-encryption' };
  return { code: 'send.unreachable', reason: message };
}
