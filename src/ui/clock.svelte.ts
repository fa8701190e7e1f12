import { createSubscriber } from 'svelte/reactivity';

/** A shared clock for relative times: one timer for the whole page, none while nobody shows a time. */
const subscribe = createSubscriber((update) => {
  const timer = setInterval(update, 30_000);
  return () => clearInterval(timer);
});

/** On the server the moment of the request; in the browser it moves every half minute. */
export function currentTime(): Date {
  subscribe();
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- a moment is read, never changed
  return new Date();
}
