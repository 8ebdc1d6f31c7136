/** The product on a data directory of its own, and a browser beside it, for all flows of a file. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openPage } from './browser.ts';
import { onceInRun } from '../fixtures/once-in-run.ts';
import { freePort, type Product, startProduct } from './product.ts';

export interface ProductInBrowser {
  /** Origin of the product. */
  readonly url: string;
  /** A page of its own, wide as a desk unless told otherwise. */
  readonly open: (width?: number) => Promise<{ page: Page; faults: string[] }>;
}

/** Starts both before the first flow and ends them after the last; usable inside flows only. */
export function productInBrowser(): ProductInBrowser {
  const dataDir = mkdtempSync(join(tmpdir(), 'beltline-flows-'));
  let product: Product;
  let browser: Browser;

  beforeAll(async () => {
    cpSync(await withDemo(), dataDir, { recursive: true, verbatimSymlinks: true });
    product = startProduct({ dataDir, port: await freePort() });
    browser = await launchBrowser();
    await product.ready();
  });
  afterAll(async () => {
    await browser?.close();
    await product?.end();
    rmSync(dataDir, { recursive: true, force: true });
  });
  return {
    get url() {
      return product.url;
    },
    open: (width) => openPage(browser, product.url, width),
  };
}

/** A data directory with the demo orders, loaded once in a run: the others copy it, as one does for a backup. */
const withDemo = () => onceInRun('demo-loaded', load);

/** So many that the largest belts have no thin months: the clock tells of no others. */
const LINES = 150_000;

async function load(dataDir: string): Promise<void> {
  const product = startProduct({ dataDir, port: await freePort(), lines: LINES });
  try {
    await product.ready();
  } finally {
    await product.end();
  }
}

export const byTestId = (page: Page, id: string) => page.locator(`[data-testid="${id}"]`);
