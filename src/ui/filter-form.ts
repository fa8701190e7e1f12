/** Somebody who types is waited for. */
const CALM_MS = 500;

/** For `{@attach}` on a GET form of filters: with a script it sends itself, without one its button does. */
export function sendsItself(form: HTMLFormElement): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const send = () => {
    clearTimeout(timer);
    form.requestSubmit();
  };
  const onInput = ({ target }: Event) => {
    if (!isTyped(target)) return;
    clearTimeout(timer);
    timer = setTimeout(send, CALM_MS);
  };
  const onChange = ({ target }: Event) => {
    if (!isTyped(target)) send();
  };
  form.addEventListener('input', onInput);
  form.addEventListener('change', onChange);
  return () => {
    clearTimeout(timer);
    form.removeEventListener('input', onInput);
    form.removeEventListener('change', onChange);
  };
}

const isTyped = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement && target.type === 'search';

/** What is chosen in a form, as an address has it. */
export const chosenIn = (form: HTMLFormElement): URLSearchParams =>
  new URLSearchParams(
    [...new FormData(form)].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
