import { invalidate } from '$app/navigation';
import { live, type Topic } from './topics.ts';

/** Many changes within one sync or run become one question to the server. */
const CALM_MS = 1000;

/**
 * Keeps a page fresh without reloading it: `onMount(() => followChanges(['library', 'runs']))`. After the connection was
 * lost everything is asked again, because nobody knows what was missed.
 */
export function followChanges(topics: readonly Topic[], calmMs = CALM_MS): () => void {
  const changed = new Set<Topic>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isFirst = true;

  const ask = () => {
    timer = undefined;
    const asked = [...changed];
    changed.clear();
    for (const topic of asked) void invalidate(live(topic));
  };
  const note = (heard: readonly Topic[]) => {
    for (const topic of heard) if (topics.includes(topic)) changed.add(topic);
    if (changed.size > 0) timer ??= setTimeout(ask, calmMs);
  };

  const stream = new EventSource('/api/v1/events');
  stream.addEventListener('change', (event: MessageEvent<string>) => note([event.data as Topic]));
  stream.addEventListener('hello', () => {
    if (!isFirst) note(topics);
    isFirst = false;
  });
  return () => {
    stream.close();
    clearTimeout(timer);
  };
}

/** While something is under way that nobody tells about step by step, the page asks by itself. */
export function askEvery(topic: Topic, ms = 3000): () => void {
  const timer = setInterval(() => void invalidate(live(topic)), ms);
  return () => clearInterval(timer);
}
