/** The archive as an official and a strategist meet it: what the demo publishes by itself, over kills; files that are kept and checked; and releasing by hand. */
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Problem, PublicationsAnswer, ReleaseAnswer } from '@beltline/contract';
import { openPostgres } from '@beltline/sql/postgres';
import { unzipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { signInToDemo } from '../fixtures/api/signing-in.ts';
import { readPdf, readSheets } from '../fixtures/published/read-back.ts';
import { overflow, violations } from './axe.ts';
import { byTestId, productInBrowser } from './product-in-browser.ts';

const MONTHS = 2;
/** The nation and its provinces; of 130 belts those of officials are some sixty, which are made as these are. */
const AREAS = { BELTLINE_REPORT_AREAS: 'nation,province' };
const PROVINCES = 21;
/** December's once more, when the month that its level is against has come. */
const PUBLISHED = (1 + PROVINCES) * (MONTHS + 1);
/** The gate stands behind everything else that a busy machine does. */
const MAKING_MS = 1_500_000;
const product = productInBrowser({ releases: MONTHS, environment: AREAS });
/** A file that somebody was given. */
let sent: Buffer;

async function archive(name: string): Promise<PublicationsAnswer['publications']> {
  const cookie = await signInToDemo(product.url, name);
  const response = await fetch(`${product.url}/api/v1/reports?limit=200`, { headers: { cookie } });
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
  expect(await cards.count()).toBe(2 * (MONTHS + 1));
  const ownKinds = own.map(({ region }) => `${region.kind} ${region.id}`).sort();
  expect(ownKinds).toEqual([
    ...Array(MONTHS + 1).fill('nation '),
    ...Array(MONTHS + 1).fill('province 浙江省'),
  ]);
  // Last month's was revised, and says why: the level that came since.
  const [revision, ...others] = own.filter(({ region, revises }) => region.id === '浙江省' && revises);
  expect([revision?.month, revision?.monthsSince, others]).toEqual(['2024-12', ['2021-12'], []]);
  const note = page.locator(`[data-number="${revision?.number}"]`).locator('[data-testid="revision-note"]');
  expect(await note.innerText()).toContain('2021年12月');
  expect(own.find(({ number }) => number === revision?.revises)?.state).toBe('superseded');
  expect(await page.locator('main').innerText()).not.toMatch(/广东|发布浙江/);
  expect([await overflow(page), await violations(page)]).toEqual([0, []]);
  const newest = own.find(({ region }) => region.id === '浙江省');
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
  const foreign = (await archive('demo-official-guangdong')).find(({ region }) => region.id === '广东省');
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

it('an official finds reports by kind and name, keeps several as one file, and reads when the next is due', async () => {
  const { page, faults } = await enter('demo-official-zhejiang', 1280, 'zh-CN');
  const cards = byTestId(page, 'report');
  await cards.first().waitFor();
  const has = (count: number) =>
    page.waitForFunction(
      (many) => document.querySelectorAll('[data-testid="report"]').length === many,
      count,
    );
  await byTestId(page, 'reports-kind').selectOption('nation');
  await has(MONTHS + 1);
  await byTestId(page, 'reports-kind').selectOption('');
  await byTestId(page, 'reports-search').fill('zhejiang');
  await byTestId(page, 'reports-search').press('Enter');
  await has(MONTHS + 1);
  expect(new URL(page.url()).searchParams.get('text')).toBe('zhejiang');
  for (const box of await byTestId(page, 'choose-report').all()) await box.check();
  await byTestId(page, 'chosen-reports')
    .getByText(`已选 ${MONTHS + 1} 份`)
    .waitFor();
  // Of two months they are no editions of one another.
  expect(await byTestId(page, 'reports-compare').isDisabled()).toBe(true);
  expect([await overflow(page), await violations(page)]).toEqual([0, []]);
  const [file] = await Promise.all([page.waitForEvent('download'), byTestId(page, 'reports-zip').click()]);
  expect(file.suggestedFilename()).toBe('beltline-reports.zip');
  const own = (await archive('demo-official-zhejiang')).filter(({ region }) => region.id === '浙江省');
  const packed = Object.keys(unzipSync(readFileSync(await file.path())));
  expect(packed.sort()).toEqual(own.map(({ number }) => `${number}-zh.pdf`).sort());
  await byTestId(page, 'coming').locator('li').first().waitFor();
  expect(await byTestId(page, 'coming').locator('li').count()).toBe(3);
  expect(await byTestId(page, 'report-work').count()).toBe(0);
  expect(faults).toEqual([]);
  await page.context().close();
});

it('a region is on one screen: this month’s report, what fell, what was revised, what is to come', async () => {
  const { page, faults } = await enter('demo-official-zhejiang', 1280, 'zh-CN');
  await page.goto(`${product.url}/region?lang=zh-CN`);
  const summary = byTestId(page, 'region-summary');
  await summary.getByText('浙江省').first().waitFor();
  const [latest] = (await archive('demo-official-zhejiang'))
    .map(({ month }) => month)
    .sort()
    .reverse();
  const top = (await archive('demo-official-zhejiang')).find(
    ({ region, month }) => region.kind === 'province' && month === latest,
  );
  expect(await summary.innerText()).toContain(top?.number);
  const [file] = await Promise.all([page.waitForEvent('download'), byTestId(page, 'top-xlsx').click()]);
  expect(file.suggestedFilename()).toBe(`${top?.number}-zh.xlsx`);
  // The year before is not released, so nothing is known to have fallen, and it says so.
  await byTestId(page, 'region-troubled').getByText('本月还没有公布的同比').waitFor();
  await byTestId(page, 'region-coming').waitFor();
  expect([await overflow(page), await violations(page)]).toEqual([0, []]);
  // As it is once there are rates: made up here, the order being the API's.
  await page.route('**/api/v1/releases/*?*', async (route) => {
    const response = await route.fetch();
    const answer = (await response.json()) as ReleaseAnswer;
    const [first, second] = answer.belts.slice(0, 2);
    for (const [belt, value] of [
      [first, -0.3],
      [second, -0.1],
    ] as const)
      Object.assign(belt?.cells[0] ?? {}, { growth: { value, flag: 'final', reason: null } });
    const troubled = [first, second].flatMap((belt) => belt?.area.id ?? []);
    await route.fulfill({ response, json: { ...answer, troubled } });
  });
  await page.reload();
  const belts = byTestId(page, 'region-troubled').locator('li');
  await belts.first().waitFor();
  expect(await belts.allInnerTexts()).toEqual([expect.stringContaining('30'), expect.stringContaining('10')]);
  expect([await overflow(page), await violations(page)]).toEqual([0, []]);
  await byTestId(page, 'month-reports').click();
  await byTestId(page, 'reports-page').waitFor();
  expect(new URL(page.url()).searchParams.get('month')).toBe(latest);
  expect(faults).toEqual([]);
  await page.context().close();
});

it('one that could not be made is shown with its reason, and a button has it tried again', async () => {
  const { page, faults } = await enter('demo-strategist', 360, 'en');
  const failed = {
    ...{ id: '00000000-0000-4000-8000-000000000001', state: 'failed', source: 'demo', month: '2025-01' },
    ...{
      region: { kind: 'province', id: '江苏省' },
      reason: 'no space left on device',
      at: '2026-11-29T10:00:00.000Z',
    },
  };
  const tried: string[] = [];
  await page.route('**/api/v1/reports/jobs', (route) =>
    route.fulfill({ json: { waiting: 0, making: null, troubled: tried.length === 0 ? [failed] : [] } }),
  );
  await page.route('**/api/v1/reports/jobs/*/retry', async (route) => {
    tried.push(new URL(route.request().url()).pathname);
    await route.fulfill({ status: 204 });
  });
  await page.reload();
  await byTestId(page, 'report-troubled').getByText('no space left on device').waitFor();
  expect([await overflow(page), await violations(page)]).toEqual([0, []]);
  // That nothing is being prepared is said before as well.
  await Promise.all([page.waitForResponse('**/retry'), byTestId(page, 'report-retry').click()]);
  await byTestId(page, 'report-work').getByText('No report is being prepared').waitFor();
  expect(tried).toEqual([`/api/v1/reports/jobs/${failed.id}/retry`]);
  expect(faults).toEqual([]);
  await page.context().close();
});

it('a strategist prepares a report, withdraws it, prepares it again, looks at it, and releases it in a second step', async () => {
  const { page, faults } = await enter('demo-strategist', 1280, 'en');
  await byTestId(page, 'report').first().waitFor();
  await byTestId(page, 'prepare-kind').selectOption('city');
  const city = byTestId(page, 'prepare-region').locator('option', { hasText: 'Suzhou' });
  await city.waitFor({ state: 'attached' });
  await byTestId(page, 'prepare-region').selectOption({ label: 'Suzhou' });
  await byTestId(page, 'prepare').click();
  const draft = page.locator('[data-testid="report"][data-state="prepared"]');
  await draft.waitFor();
  await draft.locator('[data-testid="withdraw"]').click();
  await byTestId(page, 'confirm').click();
  await draft.waitFor({ state: 'detached' });
  await byTestId(page, 'prepare').click();
  await draft.waitFor();
  const preview = await kept(page, draft, 'pdf');
  expect(await readPdf(readFileSync(preview.path))).toContain('prepared,notreleased');
  expect([await overflow(page), await violations(page)]).toEqual([0, []]);
  await draft.locator('[data-testid="release"]').click();
  await byTestId(page, 'confirm').click();
  const released = page.locator('[data-testid="report"]', { hasText: 'Suzhou' });
  await released.and(page.locator('[data-state="released"]')).waitFor();
  expect(await released.getAttribute('data-number')).toBe(
    `BL-${new Date().getUTCFullYear()}-${String(PUBLISHED + 1).padStart(4, '0')}`,
  );
  await byTestId(page, 'reports-kind').selectOption('city');
  await page.waitForFunction(() => document.querySelectorAll('[data-testid="report"]').length === 1);
  // The same again says nothing new.
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
    stdout: expect.stringMatching(/BL-\d{4}-00\d\d: 浙江省/) as string,
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
