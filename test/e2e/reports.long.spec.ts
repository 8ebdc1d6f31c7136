/** The archive as an official and a strategist meet it: what the demo publishes by itself, over kills; files that are kept and checked; and releasing by hand. */
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Problem, PublicationsAnswer } from '@beltline/contract';
import { openPostgres } from '@beltline/sql/postgres';
import type { Page } from 'playwright-core';
import { signInToDemo } from '../fixtures/api/signing-in.ts';
import { readPdf, readSheets } from '../fixtures/published/read-back.ts';
import { overflow, violations } from './axe.ts';
import { byTestId, productInBrowser } from './product-in-browser.ts';

const MONTHS = 2;
/** Zhejiang and Guangdong have officials in the demo. */
const PUBLISHED = 2 * MONTHS;
/** The gate stands behind everything else that a busy machine does. */
const MAKING_MS = 900_000;
const product = productInBrowser({ releases: MONTHS });
/** A file that somebody was given. */
let sent: Buffer;

async function archive(name: string): Promise<PublicationsAnswer['publications']> {
  const cookie = await signInToDemo(product.url, name);
  const response = await fetch(`${product.url}/api/v1/reports`, { headers: { cookie } });
  return ((await response.json()) as PublicationsAnswer).publications;
}
async function enter(
  name: string,
  width: number,
  language: string,
): Promise<{ page: Page; faults: string[] }> {
  const opened = await product.openSignedOut(width);
  await opened.page.goto(`${product.url}/reports?lang=${language}`);
  const button = opened.page.locator(`[data-demo-user="${name}"]`);
  await button.click();
  // To go on at once would give up the sign-in.
  await button.waitFor({ state: 'detached' });
  await opened.page.goto(`${product.url}/reports?lang=${language}`);
  await byTestId(opened.page, 'reports-page').waitFor();
  return opened;
}
async function kept(page: Page, card: ReturnType<Page['locator']>, format: string) {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    card.locator(`[data-testid="file-${format}"]`).click(),
  ]);
  return { name: file.suggestedFilename(), path: await file.path() };
}

it(
  'the demo publishes by itself, and a kill at whatever moment leaves neither a gap nor a half',
  async () => {
    let killed = 0;
    for (let tries = 0; ; tries++) {
      const numbers = (await archive('demo-strategist')).flatMap(({ number }) => number ?? []);
      expect(numbers.map((number) => Number(number.slice(-4))).reverse()).toEqual(
        numbers.map((_, at) => at + 1),
      );
      if (numbers.length >= PUBLISHED) break;
      // Once the first is there, the next is being made.
      if (numbers.length > killed && killed < 2) {
        killed += 1;
        await product.restart('SIGKILL');
      }
      if (tries > 4_000) throw new Error(`${numbers.length} reports`);
      await sleep(200);
    }
    expect(killed).toBe(2);
  },
  MAKING_MS,
);

it('an official keeps this month’s report from the phone, sees the same numbers in both files, and checks one', async () => {
  const { page, faults } = await enter('demo-official-zhejiang', 360, 'zh-CN');
  const cards = byTestId(page, 'report');
  await cards.first().waitFor();
  const own = await archive('demo-official-zhejiang');
  expect(await cards.count()).toBe(MONTHS);
  expect(own.map(({ region }) => region.id)).toEqual(Array(MONTHS).fill('浙江省'));
  expect(await page.locator('main').innerText()).not.toMatch(/广东|发布浙江/);
  expect([await overflow(page), await violations(page)]).toEqual([0, []]);
  const [newest] = own;
  const card = page.locator(`[data-number="${newest?.number}"]`);
  const pdf = await kept(page, card, 'pdf');
  const workbook = await kept(page, card, 'xlsx');
  expect([pdf.name, workbook.name]).toEqual([`${newest?.number}-zh.pdf`, `${newest?.number}-zh.xlsx`]);
  sent = readFileSync(pdf.path);
  const text = await readPdf(sent);
  expect(text).toContain(newest?.digest);
  const sheets = readSheets(readFileSync(workbook.path));
  const [, ...rows] = [...sheets.values()].at(-1) ?? [];
  const shown = rows.filter((row) => row[7] === '全部' && typeof row[10] === 'number');
  expect(shown.length).toBeGreaterThan(3);
  for (const row of shown)
    expect(text).toContain(
      Number(row[10]).toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
    );
  await byTestId(page, 'verify-file').setInputFiles(pdf.path);
  await byTestId(page, 'verdict').getByText(`${newest?.number}（PDF），仍有效`).waitFor();
  await byTestId(page, 'verify-file').setInputFiles({
    name: 'other.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.concat([readFileSync(pdf.path), Buffer.from('\n')]),
  });
  await byTestId(page, 'verdict').getByText('不是这里发布的文件').waitFor();
  // Guangdong's is as one that there is not.
  const [foreign] = await archive('demo-official-guangdong');
  const cookie = await signInToDemo(product.url, 'demo-official-zhejiang');
  const asked = async (number: string) => {
    const response = await fetch(`${product.url}/api/v1/reports/${number}/files/zh.pdf`, {
      headers: { cookie },
    });
    return [response.status, ((await response.json()) as Problem).detail];
  };
  expect(await asked(foreign?.number ?? '')).toEqual(await asked('BL-2001-0001'));
  expect(faults).toEqual([]);
  await page.context().close();
});

it('a strategist prepares a report, looks at it, and releases it in a second step', async () => {
  const { page, faults } = await enter('demo-strategist', 1280, 'en');
  await byTestId(page, 'report').first().waitFor();
  await byTestId(page, 'prepare-region')
    .locator('option', { hasText: 'Jiangsu' })
    .waitFor({ state: 'attached' });
  await byTestId(page, 'prepare-region').selectOption({ label: 'Jiangsu' });
  await byTestId(page, 'prepare').click();
  const draft = page.locator('[data-testid="report"][data-state="prepared"]');
  await draft.waitFor();
  const preview = await kept(page, draft, 'pdf');
  expect(await readPdf(readFileSync(preview.path))).toContain('prepared,notreleased');
  expect([await overflow(page), await violations(page)]).toEqual([0, []]);
  await draft.locator('[data-testid="release"]').click();
  await byTestId(page, 'confirm').click();
  const released = page.locator('[data-testid="report"]', { hasText: 'Jiangsu' });
  await released.and(page.locator('[data-state="released"]')).waitFor();
  expect(await released.getAttribute('data-number')).toMatch(/^BL-\d{4}-0005$/);
  await byTestId(page, 'reports-region').selectOption({ label: 'Jiangsu' });
  await page.waitForFunction(() => document.querySelectorAll('[data-testid="report"]').length === 1);
  // The same again says nothing new.
  await byTestId(page, 'prepare-region').selectOption({ label: 'Jiangsu' });
  await byTestId(page, 'prepare').click();
  await page.getByText('Nothing to revise').waitFor();
  // A refusal is said by the browser's console too.
  expect(faults.filter((fault) => !/409/.test(fault))).toEqual([]);
  await page.context().close();
});

it('what is kept is whole: each number with all its files, and the host can check one', async () => {
  const dataDir = await product.end();
  const file = join(dataDir, 'sent.pdf');
  const verified = async (bytes: Buffer) => {
    writeFileSync(file, bytes);
    const program = resolve(import.meta.dirname, '../../api/dist/launch/beltline.js');
    const env = { ...process.env, NODE_OPTIONS: '', BELTLINE_DATA: dataDir };
    return promisify(execFile)(process.execPath, [program, 'reports', 'verify', file], { env }).catch(
      ({ code, stdout }: { code: number; stdout: string }) => ({ code, stdout }),
    );
  };
  expect(await verified(sent)).toMatchObject({
    stdout: expect.stringMatching(/BL-\d{4}-000\d: 浙江省/) as string,
  });
  expect(await verified(sent.subarray(1))).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('no file that was published here') as string,
  });
  const store = await openPostgres({ dataDir });
  try {
    const rows = await store.dataSource.query<{ no: number; files: number }[]>(
      `SELECT no, count(language)::int AS files FROM publication_numbers LEFT JOIN publication_files USING (publication_id)
       GROUP BY publication_numbers.publication_id, no ORDER BY no`,
    );
    expect(rows).toEqual(Array.from({ length: PUBLISHED + 1 }, (_, at) => ({ no: at + 1, files: 8 })));
  } finally {
    await store.close();
  }
});
