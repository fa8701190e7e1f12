import { vi } from 'vitest';
import type { ApiClient } from '../../tools/house/client.ts';
import { startOpenai, type OpenaiOptions } from '../../tools/simulators/openai/start.ts';
import { openBrowser } from './support.ts';

type Described = { meaning: { total: number; embedded: number } | null };

type House = { api: ApiClient; close: () => Promise<void> };

/** A house, a simulated server of models beside it, which nobody has set up yet, and a browser. */
export async function openBesideModels<H extends House>(
  open: () => Promise<H>,
  optionsFor: (house: H) => OpenaiOptions = () => ({}),
) {
  const [browser, house] = await Promise.all([openBrowser(), open()]);
  const openai = await startOpenai(optionsFor(house));
  const { url, apiKey: key } = openai;
  return {
    browser,
    house,
    openai,

    /** From now on it listens to what is there. */
    listen: () => house.api.patch('/models/speech', { isOn: true, url, model: openai.model, key }),

    /** Ends when all that is there has a vector. */
    async embed(): Promise<void> {
      await house.api.patch('/models/meaning', { isOn: true, url, model: openai.embeds, key });
      await vi.waitUntil(
        async () => {
          const { meaning } = await house.api.get<Described>('/search?q=a&mode=words');
          return meaning !== null && meaning.total > 0 && meaning.embedded === meaning.total;
        },
        { timeout: 90_000, interval: 500 },
      );
    },

    async close(): Promise<void> {
      await browser.close();
      await house.close();
      await openai.close();
    },
  };
}
