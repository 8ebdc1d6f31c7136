/** How much each page asks, against the limit of requests: page by page, as somebody who reads. */
import { settingsSchema } from '@beltline/sql/settings';
import { productInBrowser } from './product-in-browser.ts';

const product = productInBrowser();

it('no page comes near the limit of requests: nobody reaches it by reading', async () => {
  const { page } = await product.open();
  let asked = 0;
  page.on('request', (request) => (asked += request.url().includes('/api/v1/') ? 1 : 0));
  const most = { path: '', asked: 0 };
  for (const path of [
    '/',
    '/belts/B001',
    '/recovery',
    '/clock',
    '/quality',
    '/data',
    '/definitions',
    '/account',
  ]) {
    asked = 0;
    await page.goto(`${product.url}${path}?source=demo`);
    await page.waitForLoadState('networkidle');
    if (asked > most.asked) Object.assign(most, { path, asked });
  }
  process.stdout.write(
    `The page that asks most, ${most.path}, asks ${most.asked} questions when it is opened.\n`,
  );
  expect(most.asked).toBeGreaterThan(5);
  // Thirty such pages a minute, each opened anew.
  expect(most.asked * 30).toBeLessThan(settingsSchema.shape.BELTLINE_REQUESTS_PER_ACCOUNT.parse(undefined));
  await page.context().close();
});
