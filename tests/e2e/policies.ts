import { expect } from 'vitest';
import type { House, Page } from './support.ts';

/** On all disks of the house. */
export const usedBytes = ({ services }: House): number =>
  services.world.storage.disks.reduce((sum, disk) => sum + disk.usedBytes, 0);

/** Without a script a page does not follow what happens, so it is asked again. */
export async function waitUntil(house: House, page: Page, path: string, text: string): Promise<void> {
  const shows = async () => {
    await page.goto(house.program.address + path);
    return page.locator('main', { hasText: text }).count();
  };
  await expect.poll(shows, { timeout: 30_000, interval: 500 }).toBe(1);
}

export async function chooseKind(page: Page, kind: string): Promise<void> {
  await page.click(`main >> a:has-text("${kind}")`);
  await page.waitForURL('**/schedules/new?kind=*');
}
