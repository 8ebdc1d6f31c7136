/** Belts, merchants and memberships of a batch: typed, checked, and joined with what is in force. */
import { loadPart } from '@beltline/sql/clickhouse';
import type { SourceDefinition } from '../../source/index.ts';
import {
  BLANK,
  MAPPED_COLUMNS,
  type MappedModel,
  MERCHANT_SIZES,
  ROUNDED_NUMBER,
} from './canonical-model.ts';
import { inTurn, type LoadSession } from './load-session.ts';
import { runLimits, runningMapping } from './mapping-limits.ts';
import { lookupColumns, type MappedNames } from './source-mapping.ts';

const LOOKUPS = ['belts', 'merchants', 'memberships'] as const satisfies readonly MappedModel[];
type Lookup = (typeof LOOKUPS)[number];
const ofLookups = <T>(value: (model: Lookup) => T) =>
  Object.fromEntries(LOOKUPS.map((model) => [model, value(model)])) as Record<Lookup, T>;

const NO_FILES = { ...ofLookups(() => ''), orderLines: '' };
const NO_NAMES = ofLookups(() => []);
const NO_ROWS = ofLookups(
  (model) =>
    `(${loadPart('no-rows', { columns: MAPPED_COLUMNS[model].map((name) => `'' AS ${name}`).join(', ') })})`,
);

/** The same of a batch that brings no lookups: what is in force, as it is. */
export const stageNoDimensions = (
  session: LoadSession,
  source: string,
  options: DimensionOptions = {},
): Promise<void> =>
  stageDimensions(session, { id: source, select: NO_FILES, timeZone: 'UTC' }, NO_ROWS, NO_NAMES, options);

/** What the rows of each lookup are read from: a view, or a SELECT in parentheses. */
export type LookupRows = Readonly<Record<'belts' | 'merchants' | 'memberships', string>>;

interface DimensionOptions {
  /** False: merchants are numbered anew, because their numbers are lost. */
  readonly keepsNumbers?: boolean;
  /** Rows of lookups could not be taken apart, so that nobody knows whose they are. */
  readonly hasUnreadRows?: boolean;
}

/** Leaves `load__*_checked`, `load__known_*`, `load__members` and `load__members_before` in the load's database. */
export async function stageDimensions(
  session: LoadSession,
  { id: source, select, timeZone }: Pick<SourceDefinition, 'id' | 'select' | 'timeZone'>,
  rows: LookupRows,
  names: Omit<MappedNames, 'orderLines'>,
  { keepsNumbers = true, hasUnreadRows = false }: DimensionOptions = {},
): Promise<void> {
  const lookup = (model: 'belts' | 'merchants' | 'memberships') => ({
    mapping: rows[model],
    columns: lookupColumns(model, names[model]),
    limits: runLimits(0, timeZone),
  });
  const ids = { rounded_number: ROUNDED_NUMBER, blank: BLANK };
  const known = { parameters: { source } };
  const members = (name: string, with_batch: '0' | '1') => () =>
    session.run('create-members', {
      fill: { name, with_batch, keeps_numbers: keepsNumbers ? '1' : '0' },
      parameters: { source, batch_id: session.batchId, unread: hasUnreadRows },
    });
  await session.together([
    inTurn(
      () =>
        runningMapping(select.belts, () =>
          session.run('create-belts', { fill: lookup('belts'), parameters: ids }),
        ),
      () => session.run('create-known-belts', known),
    ),
    inTurn(
      () =>
        runningMapping(select.merchants, () =>
          session.run('create-merchants', {
            fill: lookup('merchants'),
            parameters: { ...ids, sizes: MERCHANT_SIZES },
          }),
        ),
      () => session.run('create-known-merchants', known),
    ),
  ]);
  await runningMapping(select.memberships, () =>
    session.run('create-memberships', { fill: lookup('memberships') }),
  );
  await session.together([members('load__members', '1'), members('load__members_before', '0')]);
}
