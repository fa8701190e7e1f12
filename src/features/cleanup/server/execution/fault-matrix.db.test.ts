import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHouse, services } from '../../../../../tests/faults/house.ts';
import { walk } from '../../../../../tests/faults/journey.ts';
import { walkToReceiver } from '../../../../../tests/faults/messages.ts';
import { meets, tableOf, type Driven } from '../../../../../tests/faults/table.ts';
import {
  misfortunes,
  openWeather,
  type Misfortune,
  type Weather,
} from '../../../../../tests/faults/weather.ts';
import { openTestDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';

const kinds = Object.keys(misfortunes) as Misfortune[];
const page = join(import.meta.dirname, '../../../../../docs/fault-matrix.md');

let database: TestDatabase;
let weather: Weather;
const rows: Driven[] = [];

beforeAll(async () => {
  database = await openTestDatabase();
  weather = await openWeather();
}, 60_000);
afterAll(() => database.close());

test.each(kinds)(
  'whoever meets “%s”, at whatever stage: nothing wrong goes, and the next night is well',
  async (kind) => {
    const house = await openHouse(database, weather);
    try {
      for (const who of services) {
        if (meets(who, kind))
          rows.push({ kind, who, row: await walk({ house, weather, service: who, kind }) });
      }
      rows.push({ kind, who: 'ntfy', row: await walkToReceiver({ house, weather, kind }) });
    } finally {
      weather.clear();
      await house.close();
    }
  },
  300_000,
);

test('docs/fault-matrix.md says what happened', async () => {
  expect(new Set(rows.map(({ kind }) => kind)).size, 'only with every row of the table').toBe(kinds.length);
  const inOrder = rows.toSorted((a, b) => places.indexOf(a.who) - places.indexOf(b.who));
  await expect(await tableOf(inOrder)).toMatchFileSnapshot(page);
});

const places: readonly string[] = [...services, 'ntfy'];
