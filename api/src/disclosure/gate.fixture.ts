/** The gate and the auditor put together, as specs need them: the two know nothing of each other. */
import { TRACK, TRACKS } from '@beltline/contract';
import type { Highs } from 'highs';
import { type Audit, audit } from '../disclosure-audit/audit.ts';
import type { Publication } from '../disclosure-audit/unknowns.ts';
import { Holdings } from './holdings.ts';
import { LinkedTable } from './linked-table.ts';
import type { PlantedMonth } from './planted-holdings.ts';
import { publish } from './publish.ts';
import type { DisclosureRules } from './rules.ts';
import { type Pattern, suppress, type SuppressOptions } from './suppress.ts';

export const RULES: DisclosureRules = { owners: 5, peers: 10, percent: 15, pooled: 1 };
export const MEASURES = 4;

export const tableOf = ({ belts, holdings }: PlantedMonth, rules = RULES): LinkedTable =>
  new LinkedTable(new Holdings(belts, holdings, MEASURES, rules), rules);

export const publicationOf = (
  { belts }: PlantedMonth,
  table: LinkedTable,
  pattern: Pattern,
): Publication => ({
  belts,
  tracks: TRACKS.map((key) => ({ key, bit: TRACK[key].bit, isPart: 'partOf' in TRACK[key] })),
  measures: MEASURES,
  rows: publish(table, pattern),
});

/** A month through the gate, and what the auditor says of it. */
export function throughTheGate(
  highs: Highs,
  month: PlantedMonth,
  options: SuppressOptions = {},
  rules = RULES,
): { table: LinkedTable; pattern: Pattern; publication: Publication; audited: Audit } {
  const table = tableOf(month, rules);
  const pattern = suppress(highs, table, options);
  const publication = publicationOf(month, table, pattern);
  return { table, pattern, publication, audited: audit(highs, publication, month.holdings, rules) };
}
