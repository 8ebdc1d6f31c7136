import type { Page } from 'playwright-core';

/** Keeps answers to matching requests back until they are let go. */
export async function holdBack(page: Page, pattern: RegExp): Promise<() => void> {
  let letGo = () => {};
  const free = new Promise<void>((resolve) => (letGo = resolve));
  await page.route(pattern, async (route) => {
    await free;
    await route.continue();
  });
  return () => letGo();
}
