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

/** Lets matching requests be answered at once, and keeps the answers back: what arrives is as old as the question. */
export async function holdAnswers(page: Page, pattern: RegExp): Promise<() => void> {
  let letGo = () => {};
  const free = new Promise<void>((resolve) => (letGo = resolve));
  await page.route(pattern, async (route) => {
    const response = await route.fetch();
    await free;
    // The page may have given the question up meanwhile.
    await route.fulfill({ response }).catch(() => undefined);
  });
  return () => letGo();
}
