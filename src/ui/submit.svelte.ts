import type { SubmitFunction } from '$app/forms';

/**
 * `const sending = createSubmit();` then `use:enhance={sending.enhance}` and `<SubmitButton isBusy={sending.isBusy}>`.
 * What was typed stays in the fields until the page says otherwise.
 */
export function createSubmit(): { readonly isBusy: boolean; enhance: SubmitFunction } {
  let isBusy = $state(false);
  return {
    get isBusy() {
      return isBusy;
    },
    enhance: ({ cancel }) => {
      if (isBusy) {
        cancel();
        return;
      }
      isBusy = true;
      return async ({ update }) => {
        await update({ reset: false });
        isBusy = false;
      };
    },
  };
}
