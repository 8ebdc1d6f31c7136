/** The product on a data directory of its own, and a browser beside it, for all flows of a file. */
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openPage } from './browser.ts';
import { type Credentials, signIn, TESTER } from '../fixtures/api/signing-in.ts';
import { onceInRun } from '../fixtures/once-in-run.ts';
import { freePort, type Product, startProduct } from './product.ts';

export interface ProductInBrowser {
  /** Origin of the product. */
  readonly url: string;
  /** Of the tester's session, who may see all figures and loads. */
  readonly cookie: string;
  /** A page of its own with the tester signed in, wide as a desk unless told otherwise. */
  readonly open: (width?: number) => Promise<{ page: Page; faults: string[] }>;
  /** The same with nobody signed in. */
  readonly openSignedOut: (width?: number) => Promise<{ page: Page; faults: string[] }>;
  /** The same with the first administrator signed in. */
  readonly openAsAdministrator: (width?: number) => Promise<{ page: Page; faults: string[] }>;
  /** The first administrator, as the start has told them. */
  readonly administrator: Credentials;
  /** Ends the product by a signal, and starts it again on the same data and port. */
  readonly restart: (signal: NodeJS.Signals) => Promise<void>;
  /** Ends the product, for a look at what it left. @returns its data directory */
  readonly end: () => Promise<string>;
  /** An answer below /api/v1 to the tester. */
  readonly asked: <A>(path: string, init?: RequestInit) => Promise<A>;
}

/**
 * Starts both before the first flow and ends them after the last; usable inside flows only. `releases`: how many months it releases to officials meanwhile;
 * `environment`: further settings.
 */
export function productInBrowser({
  releases = 0,
  environment = {} as Record<string, string>,
} = {}): ProductInBrowser {
  const dataDir = mkdtempSync(join(tmpdir(), 'beltline-flows-'));
  let product: Product;
  let browser: Browser;
  let cookie: string;

  beforeAll(async () => {
    cpSync(await withDemo(), dataDir, { recursive: true, verbatimSymlinks: true });
    product = startProduct({ dataDir, port: await freePort(), releases, environment });
    browser = await launchBrowser();
    await product.ready();
    cookie = await signIn(product.url, testerOf(dataDir));
    if (cookie === '') throw new Error(`The tester was not let in:\n${product.output()}`);
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
    get cookie() {
      return cookie;
    },
    open: (width) => openPage(browser, product.url, width, cookie),
    get administrator() {
      return administratorOf(dataDir);
    },
    openAsAdministrator: async (width) =>
      openPage(browser, product.url, width, await signIn(product.url, administratorOf(dataDir))),
    openSignedOut: (width) => openPage(browser, product.url, width),
    restart: async (signal) => {
      await product.end(signal);
      product = startProduct({ dataDir, port: Number(new URL(product.url).port), releases, environment });
      await product.ready();
    },
    end: async () => {
      await product.end();
      return dataDir;
    },
    asked: async <A>(path: string, init: RequestInit = {}) => {
      const headers = {
        origin: product.url,
        ...(init.headers as Record<string, string> | undefined),
        cookie,
      };
      return (await (await fetch(`${product.url}/api/v1${path}`, { ...init, headers })).json()) as A;
    },
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
  await addTester(dataDir);
}

/** As whoever runs the product does, on its stopped store; the password that it shows is kept beside the store. */
async function addTester(dataDir: string): Promise<void> {
  const program = resolve(import.meta.dirname, '..', '..', 'api', 'dist', 'launch', 'beltline.js');
  const roles = TESTER.roles.flatMap((role) => ['--role', role]);
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [program, 'users', 'add', TESTER.name, ...roles, '--source', '*'],
    { env: { ...process.env, NODE_OPTIONS: '', BELTLINE_DATA: dataDir } },
  );
  writeFileSync(join(dataDir, PASSWORD_FILE), /password (\S+)/.exec(stdout)?.[1] ?? '');
}

function administratorOf(dataDir: string): Credentials {
  const [name = '', password = ''] = readFileSync(join(dataDir, 'first-administrator'), 'utf8').split('\n');
  return { name, password };
}

const PASSWORD_FILE = 'tester-password';
const testerOf = (dataDir: string) => ({
  name: TESTER.name,
  password: readFileSync(join(dataDir, PASSWORD_FILE), 'utf8'),
});

export const byTestId = (page: Page, id: string) => page.locator(`[data-testid="${id}"]`);
