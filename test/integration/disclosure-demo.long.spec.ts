/** The last three months of the demo's own orders through the gate and past the auditor, and forty random tables with each defence switched off in turn. All months and 200 tables: `npm run bench -- disclosure`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { plantedMonth, SMALL_SHAPE } from '@beltline/api/disclosure/planted-holdings.js';
import { DEMO_MEASURES, demoMonths } from '../bench/disclosure/demo-months.ts';
import { OFF, type Passed, pass } from '../bench/disclosure/passed.ts';
import { startCommand } from './etl-harness.ts';

const MONTHS = 3;
const FIRST_SEED = 100;
const TABLES = 40;
/** A month of the demo takes about a minute of a processor, gated and audited twice. */
const MONTHS_MS = 900_000;

const said = (name: string, { breaches, off, cells, lost }: Passed) =>
  `${name}: ${breaches} breaches, without ${JSON.stringify(off)}; ${cells.gate} of ${cells.all} cells withheld, ${(100 * lost.gate).toFixed(1)} % of the value.\n`;

test(
  'nobody is found in three months of the demo, and many without complementary suppression',
  async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'disclosure-demo-'));
    try {
      const { code, output } = await startCommand(dataDir, ['load', 'demo']).done;
      expect(code, output).toBe(0);
      const passed: Passed[] = [];
      for await (const { month, belts, holdings } of demoMonths(dataDir, MONTHS)) {
        const before = passed.at(-1)?.withheld;
        const one = await pass({
          ...{ name: month, belts, holdings, measures: DEMO_MEASURES, finest: 'track' },
          ...{ off: ['complementary'], ...(before ? { before } : {}) },
        });
        process.stdout.write(said(month, one));
        passed.push(one);
      }
      expect(passed.map(({ name, breaches }) => [name, breaches])).toEqual([
        ['2025-01', 0],
        ['2024-12', 0],
        ['2024-11', 0],
      ]);
      for (const { off } of passed) expect(off.complementary).toBeGreaterThan(500);
      // Nothing would be found either where nothing is shown.
      for (const { lost, cells } of passed) {
        expect(lost.gate).toBeLessThan(0.1);
        expect(cells.gate).toBeLessThan(cells.all / 2);
      }
    } finally {
      rmSync(dataDir, { recursive: true });
    }
  },
  MONTHS_MS,
);

test('nobody is found in forty random tables, and somebody without each of the defences', async () => {
  const found = new Map(OFF.map((off) => [off, 0]));
  for (let seed = FIRST_SEED; seed < FIRST_SEED + TABLES; seed++) {
    const table = { ...plantedMonth(seed, SMALL_SHAPE), measures: 4, finest: 'combination' } as const;
    const { breaches, off } = await pass({ name: `table ${seed}`, ...table, off: OFF });
    expect({ seed, breaches }).toEqual({ seed, breaches: 0 });
    for (const one of OFF) found.set(one, (found.get(one) ?? 0) + (off[one] ?? 0));
  }
  process.stdout.write(`Found in ${TABLES} tables without ${JSON.stringify(Object.fromEntries(found))}.\n`);
  for (const [off, count] of found) expect({ off, isFound: count > 0 }).toEqual({ off, isFound: true });
});
