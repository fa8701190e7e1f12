import { onMount } from 'svelte';

/** A key that means something on one page; `keys` are names as the browser gives them. */
export type PageKey = { keys: readonly string[]; text: string; act: () => void };

const offers = $state<{ list: (() => readonly PageKey[])[] }>({ list: [] });

/** For a component while it is on the page: `Keyboard` obeys these keys, and `?` lists them. */
export function offerKeys(make: () => readonly PageKey[]): void {
  onMount(() => {
    offers.list.push(make);
    return () => {
      offers.list = offers.list.filter((one) => one !== make);
    };
  });
}

export const pageKeys = (): readonly PageKey[] => offers.list.flatMap((make) => make());
