/** How much code the first page takes: before its charts it can be read, and with them it is still small. */
import { gzipSync } from 'node:zlib';
import { byTestId, productInBrowser } from './product-in-browser.ts';

const product = productInBrowser();

/** The files that bring the charts; whatever only they import comes with them. */
const CHARTS = /\/(?:chart-panels|chart-engine)-/;
/** Bytes before the charts, and of all code with them. Some 21,000 of the first are TanStack Query and Table (ADR 17), some 190,000 of the second ECharts. */
const LIMITS = { before: 170_000, all: 420_000 };

/** Modules that a module names in its imports that are not put off. */
const importsOf = (code: string): string[] =>
  [...code.matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g)].map(
    ([, name = '']) => `/assets/${name}`,
  );

it('is ready to read before the charts with less than 170 KB of code, and takes less than 420 KB with them', async () => {
  const { page, faults } = await product.open();
  const files = new Map<string, Promise<Buffer>>();
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (/\.(js|css)$/.test(pathname)) files.set(pathname, response.body());
  });
  await page.goto(`${product.url}/?source=demo&from=2024-01&to=2024-12`);
  await byTestId(page, 'headline-custom').waitFor();
  await page.locator('canvas, svg.chart').first().waitFor();
  await page.waitForLoadState('networkidle');
  const code = new Map(
    await Promise.all([...files].map(async ([path, body]) => [path, await body] as const)),
  );
  const reached = (from: readonly string[]) => {
    const seen = new Set<string>();
    const walk = (path: string): void => {
      if (seen.has(path)) return;
      seen.add(path);
      for (const next of importsOf(code.get(path)?.toString('utf8') ?? '')) walk(next);
    };
    from.forEach(walk);
    return seen;
  };
  const paths = [...code.keys()];
  const charts = paths.filter((path) => CHARTS.test(path));
  const ofCharts = reached(charts);
  // What the page itself imports, and what it fetches by the way (its words, its styles), is there before.
  const before = reached(paths.filter((path) => !ofCharts.has(path)));
  const bytes = (some: Iterable<string>) =>
    [...some].reduce((sum, path) => sum + gzipSync(code.get(path) ?? '').length, 0);
  const told = { before: bytes(before), all: bytes(paths) };
  expect(charts.length).toBe(2);
  expect([...before].filter((path) => CHARTS.test(path))).toEqual([]);
  expect(told.before).toBeGreaterThan(50_000);
  expect(told.before).toBeLessThan(LIMITS.before);
  expect(told.all).toBeGreaterThan(told.before + 150_000);
  expect(told.all).toBeLessThan(LIMITS.all);
  expect(faults).toEqual([]);
  await page.context().close();
});
