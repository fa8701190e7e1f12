import { AxeBuilder } from '@axe-core/playwright';
import { expect } from 'vitest';
import type { Page } from './support.ts';

/** What keeps somebody from using a page, with where it is; `besides` is code of others that we only show. */
export async function seriousProblems(page: Page, { besides }: { besides?: string } = {}): Promise<string[]> {
  const axe = new AxeBuilder({ page });
  const { violations } = await (besides === undefined ? axe : axe.exclude(besides)).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

/** axe runs inside the page, so it can only look where scripts may run. */
export async function look(page: Page, isScripted: boolean): Promise<void> {
  if (isScripted) expect(await seriousProblems(page)).toEqual([]);
}
