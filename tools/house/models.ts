import type { OpenaiSimulator } from '../simulators/openai/start.ts';
import type { ApiClient } from './client.ts';

/** The simulated model server: what nobody wrote captions for is listened to, and all of it is embedded. */
export async function addModels(api: ApiClient, openai: OpenaiSimulator): Promise<void> {
  const { url, apiKey: key, model, embeds } = openai;
  await api.patch('/models/speech', { isOn: true, url, model, key });
  await api.patch('/models/meaning', { isOn: true, url, model: embeds, key });
}
