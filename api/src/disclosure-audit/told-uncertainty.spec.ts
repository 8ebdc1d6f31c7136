/** How uncertain a figure is gives its owners away (a bootstrap's CV is the sum of their squares), so nothing that is released says so. */
import { marginsUncertaintyAnswer, releaseAnswer } from '@beltline/contract';
import { z } from 'zod';
import { loadSolver } from '../statistics/linear-programme.ts';
import { audit } from './audit.ts';
import type { Confidential } from './ledger.ts';
import type { PublishedRow } from './unknowns.ts';

const highs = await loadSolver();
const RULES = { owners: 5, percent: 15 };
const tracks = [{ key: 'all', bit: 0, isPart: false }];
const belt = { id: 'b', city: 'c', province: 'p', category: 'g' };
const COMBINATION = 64;

/** One belt of sellers of these sizes, each of whose buyers buys alike from all of them. */
function audited(sizes: readonly number[], isCvTold: boolean) {
  const total = sizes.reduce((sum, one) => sum + one, 0);
  const held = (side: Confidential['side'], values: readonly number[]): Confidential[] =>
    values.map((value, no) => ({
      ...{ belt: belt.id, combination: COMBINATION, side, owner: `${side} ${no}`, values: [value] },
    }));
  const confidential = [...held('seller', sizes), ...held('buyer', Array<number>(20).fill(total / 20))];
  const areas = [
    ['belt', 'b'],
    ['city', 'p/c'],
    ['province', 'p'],
    ['category', 'g'],
    ['nation', ''],
  ] as const;
  const rows = areas.map(([level, area]): PublishedRow => ({
    level,
    area,
    by: 'track',
    key: 'all',
    values: [total],
  }));
  const cv = Math.sqrt(sizes.reduce((sum, one) => sum + one ** 2, 0)) / total;
  const variations = new Map([['belt|b|track|all', [cv]]]);
  const publication = { belts: [belt], tracks, measures: 1, rows };
  const { breaches } = audit(highs, publication, confidential, RULES, isCvTold ? { variations } : {});
  return breaches;
}

test('owners of 50, 20, 10, 8, 7 and 5 pass the rules, and with the CV told the second knows the first', () => {
  const sizes = [50, 20, 10, 8, 7, 5];
  expect(audited(sizes, false)).toEqual([]);
  // 20 buyers who are alike tell nothing of each other's beyond what they all have: their own squares are as few.
  const told = audited(sizes, true).filter(({ side }) => side === 'seller');
  expect(told).toHaveLength(1);
  expect(told[0]).toMatchObject({ rows: ['belt|b|track|all'], attacker: 'seller 1' });
  expect(told[0]?.needed).toBeCloseTo(57.5);
  expect(told[0]?.derived).toBeCloseTo(52.3, 1);
});

/** Names of all fields of an answer. */
function fieldsOf(schema: z.ZodType): Set<string> {
  const fields = new Set<string>();
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(visit);
    else if (typeof node === 'object' && node !== null) {
      for (const [key, value] of Object.entries(node)) {
        if (key === 'properties') Object.keys(value as object).forEach((name) => fields.add(name));
        visit(value);
      }
    }
  };
  visit(z.toJSONSchema(schema, { unrepresentable: 'any' }));
  return fields;
}
const UNCERTAIN = /interval|error|lower|upper|low|high|grade|probab|rank|deviation|certain|^sure|replicate/i;

test('what is released of a month has no interval, error, grade, probability or rank', () => {
  const uncertain = (schema: z.ZodType) => [...fieldsOf(schema)].filter((name) => UNCERTAIN.test(name));
  expect(uncertain(releaseAnswer)).toEqual([]);
  expect(uncertain(marginsUncertaintyAnswer)).not.toEqual([]);
});
