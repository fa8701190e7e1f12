import type { Flash } from './flash.ts';

/** Notices that a script shows. Only in the browser: on the server this list would belong to everybody. */
export type Toast = Flash & { id: number };

const shown = $state<Toast[]>([]);
let lastId = 0;

export const toasts = {
  get list(): readonly Toast[] {
    return shown;
  },
  show(flash: Flash): void {
    if (typeof window === 'undefined') return;
    lastId += 1;
    shown.push({ ...flash, id: lastId });
  },
  dismiss(id: number): void {
    const index = shown.findIndex((toast) => toast.id === id);
    if (index >= 0) shown.splice(index, 1);
  },
};
