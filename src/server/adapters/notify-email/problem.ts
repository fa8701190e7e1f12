import type { ChannelSettings } from '#features/notifications/core/channel.ts';
import type { SendProblem } from '#features/notifications/core/send-problem.ts';

type MailSettings = Extract<ChannelSettings, { kind: 'email' }>;

/** The parts of nodemailer's errors that are used: see its errors.js. */
type MailError = { code: string; command: string; responseCode: number; message: string };

const part = (problem: object, name: string): unknown => (problem as Record<string, unknown>)[name];

function read(problem: unknown): MailError {
  if (!(problem instanceof Error))
    return { code: '', command: '', responseCode: 0, message: String(problem) };
  const [code, command, responseCode] = ['code', 'command', 'responseCode'].map((name) =>
    part(problem, name),
  );
  return {
    code: typeof code === 'string' ? code : '',
    command: typeof command === 'string' ? command : '',
    responseCode: typeof responseCode === 'number' ? responseCode : 0,
    message: problem.message.replace(/\s+/g, ' ').slice(0, 200),
  };
}

/** SMTP: 4xx passes, 5xx does not. The server's sentence never holds the password, because it never gets repeated. */
export function toMailProblem(problem: unknown, { host, to }: MailSettings, afterMs: number): SendProblem {
  const { code, command, responseCode, message } = read(problem);
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
