/** What axe finds in a page, for flows that must be usable without a mouse or without sight. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const SETTLED_WITHIN_MS = 20_000;
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * Violations by rule and element: the failing test then says what to mend. An answer that is about to be replaced is dimmed, so
 * the page is given time to have its own; where it stays dimmed, that is a violation.
 */
export async function violations(page: Page): Promise<string[]> {
  await page
    .waitForFunction(() => document.querySelector('.stale') === null, undefined, {
      timeout: SETTLED_WITHIN_MS,
    })
    .catch(() => undefined);
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: {
        run: (options: object) => Promise<{ violations: { id: string; nodes: { target: string[] }[] }[] }>;
      };
    };
    const result = await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa'] });
    return result.violations.flatMap((violation) =>
      violation.nodes.map((node) => `${violation.id}: ${node.target.join(' ')}`),
    );
  });
}

/** Text with less contrast than 7 : 1 (large text 4.5 : 1) in an element of a page, which has been given time to settle by `violations`. */
export async function faint(page: Page, within: string): Promise<string[]> {
  await page.evaluate(axeSource);
  return page.evaluate(async (selector) => {
    const { axe } = window as unknown as {
      axe: {
        run: (
          of: string,
          options: object,
        ) => Promise<{ passes: unknown[]; violations: { nodes: { html: string }[] }[] }>;
      };
    };
    const { passes, violations: found } = await axe.run(selector, {
      runOnly: { type: 'rule', values: ['color-contrast-enhanced'] },
      // Off by itself, as are all rules beyond AA.
      rules: { 'color-contrast-enhanced': { enabled: true } },
    });
    if (passes.length + found.length === 0) return ['nothing was looked at'];
    return found.flatMap(({ nodes }) => nodes.map(({ html }) => html));
  }, within);
}

/** Pixels that a page is wider than its window. */
export const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
