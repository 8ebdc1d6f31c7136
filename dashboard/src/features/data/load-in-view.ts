import type { Batch } from '@beltline/contract';

/** The load that the URL names, else the newest that published something, else the newest. */
export function loadInView(asked: string | undefined, loads: readonly Batch[]): number | null {
  if (asked !== undefined && /^\d{1,15}$/.test(asked)) return Number(asked);
  return (loads.find((load) => load.state === 'committed') ?? loads[0])?.batchId ?? null;
}

/** Whether a load is there: it stands in the list, or its own answer has come. */
export const isKnownLoad = (
  batchId: number | null,
  listed: readonly Batch[],
  answered: Batch | null,
): boolean => [...listed, ...(answered ? [answered] : [])].some((load) => load.batchId === batchId);

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
