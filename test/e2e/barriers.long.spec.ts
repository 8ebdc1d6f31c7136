/** Page by page, in both colours and on a phone: no barrier that axe finds, and no sideways scroll. */
import { overflow, violations } from './axe.ts';
import { productInBrowser } from './product-in-browser.ts';

const product = productInBrowser();
const year2024 = 'source=demo&from=2024-01&to=2024-12';

it.each([
  ['light', 1280],
  ['dark', 1280],
  ['light', 360],
] as const)('has no barrier that axe finds, and no sideways scroll (%s, %i px)', async (scheme, width) => {
  const { page } = await product.open(width);
  await page.emulateMedia({ colorScheme: scheme });
  for (const path of [`/?${year2024}`, `/belts/B001?${year2024}`, '/quality', '/data', '/definitions']) {
    await page.goto(`${product.url}${path}`);
    await page.waitForLoadState('networkidle');
    expect({ path, found: await violations(page) }).toEqual({ path, found: [] });
    expect({ path, overflow: await overflow(page) }).toEqual({ path, overflow: 0 });
  }
  await page.context().close();
});
