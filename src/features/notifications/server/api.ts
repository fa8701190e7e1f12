import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from '#features/accounts/server/index.ts';
import { listOf } from '#server/platform/answers.ts';
import { problemResponse, refuseInvalidIn } from '#server/platform/problem.ts';
import {
  channelAnswer,
  deliveryAnswer,
  personAnswer,
  settingsAnswer,
  testAnswer,
  toChannel,
  toDelivery,
  toPerson,
  toSettings,
  toTest,
} from './answers.ts';
import type { ChannelsService } from './channels.service.ts';
import type { DeliverService } from './deliver.service.ts';
import { fieldWords, orRefuse } from './errors.ts';
import {
  changedChannelSchema,
  newChannelSchema,
  notificationSettingsSchema,
  personSchema,
} from './schemas.ts';
import type { NotificationSettingsService } from './settings.service.ts';

const json = <T extends z.ZodType>(schema: T) => ({ content: { 'application/json': { schema } } });
const body = <T extends z.ZodType>(schema: T) => ({ body: { ...json(schema), required: true as const } });
const params = z.object({ id: z.string().min(1) });
const named = z.object({ name: z.string().trim().min(1).max(100) });
const tags = ['notifications'];
const notFound = problemResponse('No such channel');
const refused = problemResponse('A value is wrong');
const taken = problemResponse('The name is taken, or the kind is another one');

const routes = {
  list: createRoute({
    method: 'get',
    path: '/notifications/channels',
    tags,
    summary: 'Every channel',
    responses: { 200: { description: 'The channels', ...json(listOf(channelAnswer)) } },
  }),
  create: createRoute({
    method: 'post',
    path: '/notifications/channels',
    tags,
    summary: 'Add a channel',
    request: body(newChannelSchema),
    responses: {
      201: { description: 'The channel', ...json(channelAnswer) },
      400: refused,
      409: taken,
    },
  }),
  find: createRoute({
    method: 'get',
    path: '/notifications/channels/{id}',
    tags,
    summary: 'One channel',
    request: { params },
    responses: { 200: { description: 'The channel', ...json(channelAnswer) }, 404: notFound },
  }),
  update: createRoute({
    method: 'patch',
    path: '/notifications/channels/{id}',
    tags,
    summary: 'Change a channel; a secret that is left out is kept',
    request: { params, ...body(changedChannelSchema) },
    responses: {
      200: { description: 'The channel', ...json(channelAnswer) },
      400: refused,
      404: notFound,
      409: taken,
    },
  }),
  remove: createRoute({
    method: 'delete',
    path: '/notifications/channels/{id}',
    tags,
    summary: 'Remove a channel, with what was still to be sent through it',
    request: { params },
    responses: { 204: { description: 'Gone' }, 404: notFound },
  }),
  test: createRoute({
    method: 'post',
    path: '/notifications/channels/{id}/test',
    tags,
    summary: 'Send a test message now',
    request: { params },
    responses: { 200: { description: 'How it went', ...json(testAnswer) }, 404: notFound },
  }),
  deliveries: createRoute({
    method: 'get',
    path: '/notifications/deliveries',
    tags,
    summary: 'The last 50 messages, the newest first',
    responses: { 200: { description: 'The messages', ...json(listOf(deliveryAnswer)) } },
  }),
  retry: createRoute({
    method: 'post',
    path: '/notifications/deliveries/{id}/retry',
    tags,
    summary: 'Try a message again that failed',
    request: { params },
    responses: { 204: { description: 'It is on its way' }, 404: problemResponse('Nothing to try again') },
  }),
  people: createRoute({
    method: 'get',
    path: '/notifications/people',
    tags,
    summary: 'Where people are told of what they asked for',
    responses: { 200: { description: 'The people', ...json(listOf(personAnswer)) } },
  }),
  savePerson: createRoute({
    method: 'put',
    path: '/notifications/people/{name}',
    tags,
    summary: 'Say where somebody is told, by their name in the request or media server',
    request: { params: named, ...body(personSchema) },
    responses: { 200: { description: 'The person', ...json(personAnswer) }, 400: refused },
  }),
  removePerson: createRoute({
    method: 'delete',
    path: '/notifications/people/{name}',
    tags,
    summary: 'Forget the addresses of somebody',
    request: { params: named },
    responses: { 204: { description: 'Gone' }, 404: problemResponse('No such person') },
  }),
  settings: createRoute({
    method: 'get',
    path: '/notifications/settings',
    tags,
    summary: 'What holds for all channels',
    responses: { 200: { description: 'The settings', ...json(settingsAnswer) } },
  }),
  changeSettings: createRoute({
    method: 'patch',
    path: '/notifications/settings',
    tags,
    summary: 'Change some of what holds for all channels',
    request: body(notificationSettingsSchema),
    responses: {
      200: { description: 'The settings as they are now', ...json(settingsAnswer) },
      400: refused,
    },
  }),
};

export type NotificationsParts = {
  channels: ChannelsService;
  deliver: Pick<DeliverService, 'list' | 'retry'>;
  settings: NotificationSettingsService;
};

export function notificationsApi({ channels, deliver, settings }: NotificationsParts) {
  const api = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalidIn(fieldWords) });

  api.openapi(routes.list, async (c) => c.json({ items: (await channels.list()).map(toChannel) }, 200));
  api.openapi(routes.create, async (c) =>
    c.json(toChannel(orRefuse(await channels.create(c.req.valid('json')))), 201),
  );
  api.openapi(routes.find, async (c) =>
    c.json(toChannel(orRefuse(await channels.find(c.req.valid('param').id))), 200),
  );
  api.openapi(routes.update, async (c) =>
    c.json(toChannel(orRefuse(await channels.update(c.req.valid('param').id, c.req.valid('json')))), 200),
  );
  api.openapi(routes.remove, async (c) => {
    orRefuse(await channels.remove(c.req.valid('param').id));
    return c.body(null, 204);
  });
  api.openapi(routes.test, async (c) =>
    c.json(toTest(orRefuse(await channels.test(c.req.valid('param').id))), 200),
  );

  api.openapi(routes.deliveries, async (c) => c.json({ items: (await deliver.list()).map(toDelivery) }, 200));
  api.openapi(routes.retry, async (c) => {
    orRefuse(await deliver.retry(c.req.valid('param').id));
    return c.body(null, 204);
  });

  api.openapi(routes.people, async (c) => c.json({ items: (await settings.people()).map(toPerson) }, 200));
  api.openapi(routes.savePerson, async (c) => {
    const person = { ...c.req.valid('param'), ...c.req.valid('json') };
    await settings.savePerson(person);
    return c.json(toPerson(person), 200);
  });
  api.openapi(routes.removePerson, async (c) => {
    orRefuse(await settings.removePerson(c.req.valid('param').name));
    return c.body(null, 204);
  });

  api.openapi(routes.settings, async (c) => c.json(toSettings(await settings.read()), 200));
  api.openapi(routes.changeSettings, async (c) =>
    c.json(toSettings(orRefuse(await settings.change(c.req.valid('json')))), 200),
  );
  return api;
}
