/** A real Chromium from the npm registry, which brings its own libraries: no root, no system package. */
import chromiumPackage from '@sparticuz/chromium';
import { type Browser, chromium, type Page } from 'playwright-core';
import { onceInRun } from '../fixtures/once-in-run.ts';

/**
 * The package's arguments are for a cloud function: one process for all pages, so that closing one page ends the browser,
 * and web security off, which would let pass what a real browser refuses.
 */
const UNFIT = [
  '--single-process',
  '--no-zygote',
  '--disable-web-security',
  '--allow-running-insecure-content',
];

/** Nothing of ours draws in three dimensions; with it the browser puts every page together in a graphics chip that the processor plays: half of its time. */
chromiumPackage.setGraphicsMode = false;

export async function launchBrowser(): Promise<Browser> {
  // It unpacks itself beside the temporary files; what one worker still writes another cannot run.
  await onceInRun('chromium-unpacked', async () => void (await chromiumPackage.executablePath()));
  return chromium.launch({
    executablePath: await chromiumPackage.executablePath(),
    args: [
      ...chromiumPackage.args.filter((argument) => !UNFIT.includes(argument)),
      '--disable-background-networking',
      '--no-first-run',
    ],
    headless: true,
  });
}

/**
 * A page that remembers what went wrong in it: errors, what its content policy refused, and requests to anywhere but its own origin. `cookie`: of the session that it has;
 * nobody is signed in without.
 */
export async function openPage(
  browser: Browser,
  origin: string,
  width = 1280,
  cookie = '',
): Promise<{ page: Page; faults: string[] }> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    locale: 'zh-CN',
    reducedMotion: 'reduce',
  });
  const [name = '', value = ''] = cookie.split('=');
  if (cookie !== '')
    await context.addCookies([{ name, value, url: origin, httpOnly: true, sameSite: 'Strict' }]);
  // The browser says so too, in words of its own that may change; the event is the standard's.
  await context.addInitScript(() =>
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) =>
      console.error(`content policy: ${effectiveDirective} refuses ${blockedURI} ${sample}`),
    ),
  );
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('console', (message) => {
    // A failed request is logged by the browser itself; flows that provoke one look at the page instead.
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text()))
      faults.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    if (
      !request.url().startsWith(origin) &&
      !request.url().startsWith('data:') &&
      !request.url().startsWith('blob:')
    ) {
      faults.push(`foreign request: ${request.url()}`);
    }
  });
  return { page, faults };
}
