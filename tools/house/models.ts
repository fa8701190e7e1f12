import type { OpenaiSimulator } from '../simulators/openai/start.ts';
import type { ApiClient } from './client.ts';

/** The simulated model server: what nobody wrote captions for is listened to. */
export async function addModels(api: ApiClient, { url, apiKey, model }: OpenaiSimulator): Promise<void> {
  await api.patch('/models/speech', { isOn: true, url, model, key: apiKey });
}
