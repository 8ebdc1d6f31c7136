import type { Batch, Source } from '@beltline/contract';
import type { DateFormat } from '../../format/date-format.ts';
import { runsText } from '../../format/panel-window.ts';
import type { NumberFormat } from '../../format/number-format.ts';
import type { Translate } from '../../i18n/translate.ts';
import { reconciliationOf } from './load-in-view.ts';

interface Words {
  numbers: NumberFormat;
  t: Translate;
}

/** What to say of a load; `stored`: as it was written down when it happened, in English. */
export interface LoadSummary {
  text: string;
  stored: boolean;
}

/** What came of a load, in the reader's language; only why it went wrong is told as it was written down. */
export function loadSummary(load: Batch, words: Words): LoadSummary | null {
  if (load.state === 'committed') return told(committedText(load, words));
  if (load.state === 'unchanged') return told(words.t('data.unchangedSummary'));
  return load.message === '' ? null : { text: load.message, stored: true };
}

const told = (text: string | null): LoadSummary | null => (text === null ? null : { text, stored: false });

function committedText(load: Batch, { numbers, t }: Words): string | null {
  const lines = reconciliationOf(load, 'lines');
  return (
    lines &&
    t('data.committedSummary', {
      read: numbers.count(lines.read),
      rejected: numbers.count(lines.rejected),
      months: numbers.count(load.months.length),
    })
  );
}

/** How much a source holds of what figures are made of; that it cannot be told where it is damaged. */
export function sizeText(
  { lines, merchants, belts }: Pick<Source, 'lines' | 'merchants' | 'belts'>,
  { numbers, t }: Words,
): string {
  if (lines === null || merchants === null || belts === null) return t('problem.figures-damaged');
  return t('data.sizeText', {
    n: lines,
    lines: numbers.count(lines),
    merchants: t('belt.merchants', { count: numbers.count(merchants), n: merchants }),
    belts: t('area.belts', { count: numbers.count(belts), n: belts }),
  });
}

/** The first to the last complete month, and the months between that were never loaded. */
export function completeText(
  { completeMonths, notLoaded }: Pick<Source, 'completeMonths' | 'notLoaded'>,
  { dates, t }: { dates: DateFormat; t: Translate },
): string {
  if (completeMonths === null) return t('data.none');
  const months = dates.months(completeMonths.from, completeMonths.to);
  if (notLoaded.length === 0) return months;
  return t('data.completeWithout', { months, without: runsText(notLoaded, { dates, t }) });
}
