/**
 * The nowcast's past errors beside those of two naive rules: the nation, and the mean over belts, on the demo orders.
 * `npm run bench -- nowcast [--lines 2000000] [--data <folder>]`. Loopback only.
 */
import type { BacktestAnswer, BeltsAnswer } from '@beltline/contract';
import { type Asker, print } from './api-measure.ts';
import { withDemoApi } from './demo-api.ts';

type Day = BacktestAnswer['days'][number];

/** Runs the backtest. */
export const benchNowcast = (args: readonly string[]): Promise<void> =>
  withDemoApi(['--lines', '2000000', ...args], async ({ asker }) => {
    const { belts } = JSON.parse(await asker.ask('/belts')) as BeltsAnswer;
    for (const measure of ['gmv', 'orders']) {
      printTable(`Nation, ${measure}`, [await ask(asker, `measure=${measure}`)]);
      const all: Day[][] = [];
      for (const { beltId } of belts) {
        all.push(await ask(asker, `measure=${measure}&belt=${encodeURIComponent(beltId)}`));
      }
      printTable(`Mean over ${belts.length} belts, ${measure}`, all);
    }
    print('Mean absolute error of the month, and share of months inside the band (which says 80 %).');
  });

async function ask(asker: Asker, query: string): Promise<Day[]> {
  const { days } = JSON.parse(await asker.ask(`/nowcast/backtest?${query}`)) as BacktestAnswer;
  return days;
}

function printTable(title: string, areas: readonly (readonly Day[])[]): void {
  print(
    `${title.padEnd(32)}${['nowcast', 'days elapsed', "last year's share", 'in the band'].map((name) => name.padStart(19)).join('')}`,
  );
  for (const [index, { day }] of (areas[0] ?? []).entries()) {
    const mean = (of: (row: Day) => number | null) => {
      const values = areas.flatMap((days) => (days[index] && of(days[index])) ?? []);
      return `${((100 * values.reduce((total, value) => total + value, 0)) / values.length).toFixed(1)} %`;
    };
    const cells = [
      mean((row) => row.nowcast.value),
      mean((row) => row.daysElapsed.value),
      mean((row) => row.lastYearsShare.value),
      mean((row) => row.covered.value),
    ];
    print(`${`  on day ${day}`.padEnd(32)}${cells.map((cell) => cell.padStart(19)).join('')}`);
  }
  print();
}
