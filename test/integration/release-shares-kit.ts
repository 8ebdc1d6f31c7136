/** What specs of releases count and attack shares of service with. */
import { audit } from '@beltline/api/disclosure-audit/audit.js';
import { type Holding, Holdings } from '@beltline/api/disclosure/holdings.js';
import { LinkedTable } from '@beltline/api/disclosure/linked-table.js';
import { publish } from '@beltline/api/disclosure/publish.js';
import { rulesOfShares } from '@beltline/api/disclosure/rules.js';
import { sharePiecesOf } from '@beltline/api/releases/month-holdings.service.js';
import { loadSolver } from '@beltline/api/statistics/linear-programme.js';
import { type ReleasedArea, SERVICE_MEASURES, type ServiceMeasure } from '@beltline/contract';
import { queries, runQuery } from '@beltline/sql/clickhouse';
import type { RunningApi } from '../fixtures/api/running-api.ts';
import type { SeedLine } from '../fixtures/rollups/naive.ts';
import { ownerOfShop } from '../fixtures/rollups/region-lines.ts';
import { BELTS, RULES } from './releases-kit.ts';

/** How an area was served, by a loop over the lines: of each share its part and its whole. */
export function served(
  lines: readonly SeedLine[],
  month: string,
  inArea: (belt: string) => boolean,
): Record<ServiceMeasure, readonly [part: number, whole: number]> {
  const inMonth = lines.filter(({ day }) => day.startsWith(month));
  const tells = new Set(
    inMonth.flatMap(({ merchant, dispatched }) => (dispatched ? [ownerOfShop(merchant)] : [])),
  );
  const own = inMonth.filter(({ belt }) => inArea(belt));
  const hours = (from: string, to: string) => (Date.parse(`${to}Z`) - Date.parse(`${from}Z`)) / 3_600_000;
  // The month ends at midnight in Shanghai.
  const [year = 0, no = 0] = month.split('-').map(Number);
  const end = new Date(Date.UTC(year, no, 1, -8)).toISOString().slice(0, 19);
  const due = own.filter(
    ({ merchant, paid }) => tells.has(ownerOfShop(merchant)) && paid && hours(paid, end) >= 48,
  );
  const pairs = new Map<string, Set<string>>();
  for (const { belt, merchant, buyer, order } of own) {
    const key = `${belt}|${ownerOfShop(merchant)}|${buyer}`;
    pairs.set(key, (pairs.get(key) ?? new Set()).add(order));
  }
  const sum = (of: (line: SeedLine) => number) => own.reduce((all, line) => all + of(line), 0);
  return {
    'refund-rate': [sum(({ refund, gmv }) => Math.min(refund, gmv)), sum(({ gmv }) => gmv)],
    'on-time': [
      due.filter(({ paid = '', dispatched }) => dispatched && hours(paid, dispatched) <= 48).length,
      due.length,
    ],
    'repeat-buyers': [[...pairs.values()].filter((orders) => orders.size > 1).length, pairs.size],
  };
}

/** Who served how, from the engine. */
async function servingsOf(api: RunningApi, month: string): Promise<Record<ServiceMeasure, Holding[]>> {
  const scope = { source: 'regions', belts: 'everything', isSystem: true } as const;
  const reader = api.engine.client('reader');
  try {
    const rows = await runQuery(reader, scope, queries.serviceHoldings, {
      ...{ data_version: 1, month: `${month}-01`, dispatch_hours: 48, time_zone: 'Asia/Shanghai' },
    });
    const pieces = rows.flatMap(sharePiecesOf);
    const of = (measure: ServiceMeasure) =>
      pieces
        .filter((piece) => piece.of === measure)
        .flatMap(({ belt, combination, side, owners, values }) =>
          owners.map((owner, at) => ({
            ...{ belt, combination, side, owner },
            values: values.map((list) => list[at] ?? NaN),
          })),
        );
    return {
      'refund-rate': of('refund-rate'),
      'on-time': of('on-time'),
      'repeat-buyers': of('repeat-buyers'),
    };
  } finally {
    await reader.close();
  }
}

const ONLY = [{ key: 'all', bit: 0, isPart: false }];

/** A measure that is told as a share: who holds what of it, and of an area whether it is told. */
export interface AuditedShare {
  readonly holdings: readonly Holding[];
  isTold(area: ReleasedArea): boolean;
}

/**
 * How many follow from the shares of areas that somebody has, to whom every whole is told besides: of the first two answers together, of the third, and of a
 * gate that withholds what is unsafe and nothing to protect it. `shown`: of the first two.
 */
export async function breachesOfShares(
  measures: readonly AuditedShare[],
  [first = [], second = [], all = []]: readonly (readonly ReleasedArea[])[],
): Promise<Record<'ofTwo' | 'ofAll' | 'ofOpenGate' | 'shown', number>> {
  const highs = await loadSolver();
  const rules = rulesOfShares(RULES);
  const found = { ofTwo: 0, ofAll: 0, ofOpenGate: 0, shown: 0 };
  for (const { holdings, isTold } of measures) {
    const table = new LinkedTable(new Holdings(BELTS, holdings, 2, rules), rules, 'track');
    const breaches = (isShown: (cell: (typeof table.cells)[number]) => boolean): number => {
      const shown = Uint8Array.from(table.cells, (cell) => Number(!cell.isHidden && isShown(cell)));
      const rows = publish(table, { isShown: shown, isWhole: false });
      const publication = { belts: BELTS, tracks: ONLY, measures: 2, rows };
      return audit(highs, publication, holdings, RULES, { ofShares: true }).breaches.length;
    };
    const toldIn = (areas: readonly ReleasedArea[]) =>
      new Set(areas.filter(isTold).map(({ area }) => `${area.level}|${area.id}`));
    const byTold = (told: ReadonlySet<string>) =>
      breaches(({ names }) => names.some(({ level, area }) => told.has(`${level}|${area}`)));
    const ofTwo = toldIn([...first, ...second]);
    found.shown += ofTwo.size;
    found.ofTwo += byTold(ofTwo);
    found.ofAll += byTold(toldIn(all));
    found.ofOpenGate += breaches(({ unsafe }) => unsafe === null);
  }
  return found;
}

/** The same of what is told of service. */
export async function shareBreachesOf(
  api: RunningApi,
  month: string,
  answers: readonly (readonly ReleasedArea[])[],
): ReturnType<typeof breachesOfShares> {
  const holdings = await servingsOf(api, month);
  const measures = SERVICE_MEASURES.map((measure) => ({
    holdings: holdings[measure],
    isTold: ({ service = [] }: ReleasedArea) =>
      service.some((one) => one.measure === measure && one.state === 'shown'),
  }));
  return breachesOfShares(measures, answers);
}

/** By a loop over the lines: what each owner sold in a month and in the one that it is compared with, in each belt. */
export function soldInBoth(
  lines: readonly SeedLine[],
  before: string,
  inArea: (belt: string) => boolean,
): { now: number; before: number }[] {
  const sold = new Map<string, { now: number; before: number }>();
  for (const { day, belt, merchant, gmv } of lines) {
    if (!inArea(belt)) continue;
    const key = `${belt}|${ownerOfShop(merchant)}`;
    const one = sold.get(key) ?? { now: 0, before: 0 };
    sold.set(key, one);
    one[day.startsWith(before) ? 'before' : 'now'] += gmv;
  }
  return [...sold.values()];
}
