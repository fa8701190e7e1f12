import { empty, fieldsOf, json, type Call, type Route } from '../http.ts';
import { nextId, type Servarr } from './house.ts';
import { conflict, invalid, notFound } from './problems.ts';

/** Sonarr has no rule for the letters of a label; Radarr has. */
const labelRule = /^[a-z0-9-]+$/i;

export function tagRoutes(servarr: Servarr): Route[] {
  const { house } = servarr;
  const usersOf = (id: number): number[] =>
    servarr
      .titles()
      .filter((title) => title.tags.includes(id))
      .map((title) => title.id);
  const find = (call: Call) => house.tags.find((tag) => tag.id === Number(call.params['id']));
  const detail = (tag: { id: number; label: string }) => {
    const none = {
      delayProfileIds: [],
      importListIds: [],
      notificationIds: [],
      indexerIds: [],
      downloadClientIds: [],
      autoTagIds: [],
    };
    const own =
      servarr.app === 'Radarr'
        ? { releaseProfileIds: [], movieIds: usersOf(tag.id) }
        : { restrictionIds: [], seriesIds: usersOf(tag.id) };
    return { ...tag, ...none, ...own };
  };
  const labelOf = (call: Call): string => {
    const { label } = fieldsOf(call);
    return typeof label === 'string' ? label.toLowerCase() : '';
  };
  const refuse = (label: string) =>
    label === '' || (servarr.app === 'Radarr' && !labelRule.test(label))
      ? invalid('Label', 'Allowed characters a-z, 0-9 and -', label)
      : undefined;

  return [
    ['GET', '/api/v3/tag', () => json(200, house.tags)],
    ['GET', '/api/v3/tag/detail', () => json(200, house.tags.map(detail))],
    [
      'GET',
      '/api/v3/tag/detail/:id#',
      (call) => {
        const tag = find(call);
        return tag ? json(200, detail(tag)) : notFound();
      },
    ],
    [
      'GET',
      '/api/v3/tag/:id#',
      (call) => {
        const tag = find(call);
        return tag ? json(200, tag) : notFound();
      },
    ],
    [
      'POST',
      '/api/v3/tag',
      (call) => {
        const label = labelOf(call);
        const refusal = refuse(label);
        if (refusal) return refusal;
        const known = house.tags.find((tag) => tag.label === label);
        if (known) return json(201, known);
        const tag = { id: nextId(servarr), label };
        house.tags.push(tag);
        servarr.world.changed();
        return json(201, tag);
      },
    ],
    [
      'PUT',
      '/api/v3/tag/:id#',
      (call) => {
        const tag = find(call);
        if (!tag) return notFound();
        const label = labelOf(call);
        const refusal = refuse(label);
        if (refusal) return refusal;
        tag.label = label;
        servarr.world.changed();
        return json(202, tag);
      },
    ],
    [
      'DELETE',
      '/api/v3/tag/:id#',
      (call) => {
        const tag = find(call);
        if (!tag) return notFound();
        if (usersOf(tag.id).length > 0)
          return conflict(`'${tag.label}' cannot be deleted since it's still in use`);
        house.tags.splice(house.tags.indexOf(tag), 1);
        servarr.world.changed();
        return empty(200);
      },
    ],
  ];
}
