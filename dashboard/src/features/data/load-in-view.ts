import type { Batch } from '@beltline/contract';

/**
 * The load that the URL names, else the newest that published something, else the newest. Null where there is none, or what the
 * URL names cannot be the number of a load: another is not shown in its place.
 */
export function loadInView(asked: string | undefined, loads: readonly Batch[]): number | null {
  if (asked !== undefined) return /^[1-9]\d{0,14}$/.test(asked) ? Number(asked) : null;
  return (loads.find((load) => load.state === 'committed') ?? loads[0])?.batchId ?? null;
}

/** Whether a load is there, and of the source: it stands in its list, or its own answer has come. */
export const isKnownLoad = (
  batchId: number | null,
  source: string,
  known: readonly (Batch | null)[],
): boolean => known.some((load) => load?.batchId === batchId && load.source === source);

/** The rule that the URL names, where rows were rejected by it; while that is not known yet (no rules) it is taken on trust. */
export const ruleInView = (asked: string | undefined, rules: Batch['rejectsByRule']): string | undefined =>
  rules.length === 0 || rules.some(({ rule }) => rule === asked) ? asked : undefined;

/** How a state is coloured: good, worth a look, bad, or neither. */
export function stateTone(state: Batch['state']): 'good' | 'warn' | 'bad' | '' {
  if (state === 'committed') return 'good';
  if (state === 'refused' || state === 'failed') return 'bad';
  if (state === 'abandoned' || state === 'landing' || state === 'checking' || state === 'publishing')
    return 'warn';
  return '';
}

export const reconciliationOf = (load: Batch, measure: 'lines' | 'quantity' | 'amount') =>
  load.reconciliation.find((line) => line.measure === measure) ?? null;
