/** Trust on orders in which nothing happens: the demo's, of which every order is moved to a day drawn at random. */
import { once } from 'node:events';
import {
  copyFileSync,
  createReadStream,
  createWriteStream,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { BeltsAnswer, StatesAnswer } from '@beltline/contract';
import { generateDemo } from '@beltline/etl/demo';
import { loadFiles, withDemoApi } from './demo-api.ts';
import { surePlaces } from './planted-clock.ts';
import { inScratch } from './scratch.ts';
import { type Line, lineOf } from './trust-line.ts';

const MONTHS = ['2023-06', '2023-09', '2023-12', '2024-03', '2024-06', '2024-09', '2024-12', '2025-01'];
const SEED = 42;

/** States of orders on dates drawn at random: nothing happens in them, whatever a page may say. */
export async function nullLines(lines: number, data: string | undefined): Promise<Line[]> {
  return inScratch(async (scratch) => {
    const dataDir = data ?? join(scratch, 'data');
    if (data === undefined) await loadFiles(dataDir, await redatedDemo(scratch, lines));
    const told: Line[] = [];
    await withDemoApi(['--data', dataDir], async ({ asker }) => {
      const { belts } = JSON.parse(await asker.ask('/belts')) as BeltsAnswer;
      for (const measure of ['orders', 'gmv'] as const) {
        const rows: StatesAnswer['rows'][number][] = [];
        let flips = 0;
        let sureTwice = 0;
        for (const month of MONTHS) {
          const answer = JSON.parse(
            await asker.ask(`/recovery/states?measure=${measure}&month=${month}`),
          ) as StatesAnswer;
          rows.push(...answer.rows);
          flips += answer.rows.filter(({ changed }) => changed).length;
          sureTwice += answer.rows.filter(({ now }) => now.certainty === 'sure').length;
        }
        const known = rows.filter(({ now }) => now.probability !== null);
        const share = (certainty: string) =>
          known.filter(({ now }) => now.certainty === certainty).length / known.length;
        const seeds = `demo ${lines.toLocaleString('en')} lines, dates ${SEED}`;
        told.push(lineOf(await surePlaces(asker, measure, seeds)));
        const joined = rows.filter(({ now }) => now.restsOnJoiners).length;
        told.push(
          lineOf({
            name: `null, ${measure}: said to grow through joiners`,
            share: joined / rows.length,
            of: `${rows.length} belt-months`,
            most: 0.01,
            seeds,
          }),
        );
        const of = `${known.length} belt-months (${belts.length} belts)`;
        told.push(
          lineOf({
            name: `null, ${measure}: states said to be sure`,
            share: share('sure'),
            of,
            most: 0.05,
            seeds,
          }),
        );
        told.push(
          lineOf({ name: `null, ${measure}: states said to be likely`, share: share('likely'), of, seeds }),
        );
        told.push(
          lineOf({
            name: `null, ${measure}: sure changes in a month`,
            share: flips / Math.max(1, sureTwice),
            of: `${sureTwice} sure states`,
            most: 0.05,
            seeds,
          }),
        );
      }
    });
    return told;
  });
}

/** The demo orders with every order moved to a day drawn at random; its lines and its later states move with it. */
async function redatedDemo(scratch: string, lines: number): Promise<string> {
  const [made, redated] = [join(scratch, 'demo'), join(scratch, 'redated')];
  await generateDemo({ out: made, lines });
  mkdirSync(redated);
  const names = readdirSync(made).filter((name) => name.endsWith('.csv'));
  const orders = names.filter((name) => name.startsWith('orders-')).sort();
  for (const name of names.filter((one) => !orders.includes(one)))
    copyFileSync(join(made, name), join(redated, name));
  writeFileSync(
    join(redated, 'memberships.csv'),
    lasting(readFileSync(join(made, 'memberships.csv'), 'utf8')),
  );
  const first = Date.parse(`${orders[0]?.slice(7, 14) ?? ''}-01T00:00:00Z`) / MS_A_DAY;
  const days = Date.parse('2025-02-11T00:00:00Z') / MS_A_DAY - first;
  for (const name of orders) {
    const out = createWriteStream(join(redated, name));
    let isHeader = true;
    for await (const line of createInterface({ input: createReadStream(join(made, name)) })) {
      out.write(`${isHeader ? line : moved(line, first, days)}\n`);
      isHeader = false;
    }
    out.end();
    await once(out, 'finish');
  }
  return redated;
}

/** Each merchant in its first belt for ever: an order of a day before it was founded must not fall out of the belt. */
function lasting(memberships: string): string {
  const [header = '', ...rows] = memberships.trim().split(/\r?\n/);
  const first = new Map(
    rows
      .map((row) => row.split(','))
      .map(([merchant = '', belt = '']) => [merchant, belt] as const)
      .reverse(),
  );
  return [header, ...[...first].map(([merchant, belt]) => `${merchant},${belt},2000-01-01,`), ''].join('\n');
}

const MS_A_DAY = 86_400_000;
const MOMENTS = /(\d{4}-\d\d-\d\d)(?= \d\d:\d\d:\d\d)/g;

/** All moments of a line, moved by as many days; a spoiled line stays as it is. */
function moved(line: string, first: number, days: number): string {
  const [order = '', , placed = ''] = line.split(',');
  const day = Date.parse(`${placed.slice(0, 10)}T00:00:00Z`) / MS_A_DAY;
  if (!Number.isFinite(day)) return line;
  const shift = first + Math.floor(days * uniform(order)) - day;
  return line.replace(MOMENTS, (text) => {
    const moment = Date.parse(`${text}T00:00:00Z`);
    return Number.isFinite(moment) ? new Date(moment + shift * MS_A_DAY).toISOString().slice(0, 10) : text;
  });
}

/** A number on [0, 1) of an order's id alone. */
function uniform(order: string): number {
  let bits = SEED;
  for (const character of order) bits = Math.imul(bits ^ character.charCodeAt(0), 0x01000193);
  for (const factor of [0x85ebca6b, 0xc2b2ae35]) bits = Math.imul(bits ^ (bits >>> 15), factor);
  return ((bits ^ (bits >>> 16)) >>> 0) / 2 ** 32;
}
