import { isSigned, SIGNATURE_HEADER } from '#server/adapters/notify-webhook/signature.ts';
import { fieldsOf, json, type Call, type Reply, type Route } from '../http.ts';
import { isLimited, type Receivers } from './house.ts';

const ntfyProblem = (http: number, code: number, error: string): Reply =>
  json(http, { code, http, error, link: 'https://ntfy.sh/docs/publish/' });

/** ntfy, published as JSON to the root. The topic `open` needs no token, `read-only` lets nobody write. */
export const ntfyRoutes = (house: Receivers): Route[] => [
  [
    'POST',
    '/',
    (call) => {
      const body = fieldsOf(call);
      const token = call.headers.authorization;
      const isKnown = token === `Bearer ${house.secrets.ntfy}`;
      if (token !== undefined && !isKnown) return ntfyProblem(401, 40101, 'unauthorized');
      if (body['topic'] === 'read-only' || (body['topic'] !== 'open' && !isKnown))
        return ntfyProblem(403, 40301, 'forbidden');
      if (isLimited(house, 'ntfy'))
        return ntfyProblem(429, 42901, 'limit reached: too many requests, please be nice');
      return ntfyAnswer(house, call);
    },
  ],
];

function ntfyAnswer(house: Receivers, call: Call): Reply {
  const body = fieldsOf(call);
  const { topic, priority = 3 } = body;
  if (typeof topic !== 'string' || !/^[-_A-Za-z0-9]{1,64}$/.test(topic))
    return ntfyProblem(400, 40009, 'invalid request: topic invalid');
  if (typeof priority !== 'number' || priority < 1 || priority > 5)
    return ntfyProblem(400, 40007, 'invalid request: priority invalid');
  if (Buffer.byteLength(String(body['message'])) > 4096)
    return ntfyProblem(413, 41301, 'attachment too large, or bandwidth limit reached');
  house.received.push({ kind: 'ntfy', body, headers: call.headers });
  return json(200, {
    id: 'hwQ2YpKdmg',
    time: 1_760_000_000,
    expires: 1_760_043_200,
    event: 'message',
    topic,
    message: body['message'],
  });
}

/** Gotify's `POST /message`. */
export const gotifyRoutes = (house: Receivers): Route[] => [
  [
    'POST',
    '/message',
    (call) => {
      if (call.headers['x-gotify-key'] !== house.secrets.gotify)
        return json(401, {
          error: 'Unauthorized',
          errorCode: 401,
          errorDescription: 'you need to provide a valid access token or user credentials to access this api',
        });
      if (isLimited(house, 'gotify')) return { status: 429, body: 'slow down', type: 'text/plain' };
      const body = fieldsOf(call);
      if (typeof body['message'] !== 'string' || body['message'] === '')
        return json(400, {
          error: 'Bad Request',
          errorCode: 400,
          errorDescription: "Field 'message' is required",
        });
      house.received.push({ kind: 'gotify', body, headers: call.headers });
      return json(200, { id: house.received.length, appid: 1, date: '2026-11-21T10:00:00Z', ...body });
    },
  ],
];

/** A program of somebody who read our guide: it checks the signature and the time in it. */
export const webhookRoutes = (house: Receivers, now: () => Date): Route[] => [
  [
    'POST',
    '/hooks/keepercheky',
    (call) => {
      const header = String(call.headers[SIGNATURE_HEADER.toLowerCase()] ?? '');
      if (!isSigned(header, call.body.toString('utf8'), { secret: house.secrets.webhook, now: now() }))
        return json(401, { message: 'The signature is not right' });
      if (isLimited(house, 'webhook'))
        return { ...json(429, { message: 'Too many requests' }), headers: { 'retry-after': '20' } };
      house.received.push({ kind: 'webhook', body: fieldsOf(call), headers: call.headers });
      return { status: 204 };
    },
  ],
];
