import type { AreaLevel, RecoveryStateName, StatesAnswer } from '@beltline/contract';
import type { DateFormat } from '../../format/date-format.ts';
import type { NumberFormat } from '../../format/number-format.ts';
import { isUntold, STATE_ORDER } from '../../format/state-style.ts';
import type { Translate } from '../../i18n/translate.ts';
import { LEVELS } from '../../shell/vocabulary.ts';

interface Words {
  numbers: NumberFormat;
  dates: DateFormat;
  t: Translate;
}

/** Why states are told by growth alone: there is no level to tell them by. Null where there is one. */
export function whyGrowthAlone({ reference, rows }: StatesAnswer): 'noReference' | 'growthAlone' | null {
  if (reference === null) return 'noReference';
  const hasNoLevel = ({ now }: StatesAnswer['rows'][number]) => now.level.reason === 'too-few-clean-years';
  return rows.length > 0 && rows.every(hasNoLevel) ? 'growthAlone' : null;
}

const FALLING: readonly RecoveryStateName[] = ['slipping', 'declining'];
const OTHER: readonly RecoveryStateName[] = ['recovering', 'carried-by-few', 'flat'];
const TOLD = STATE_ORDER.filter((state) => !isUntold(state));

export type StateCount = StatesAnswer['counts'][number];

/** Whether there are states of the month before; none are of the first month of a source. */
export const hasBefore = ({ rows }: StatesAnswer): boolean => rows.some(({ before }) => before !== null);

/** The counts in the order that states are shown in; a state that the answer leaves out has none. */
export function orderedCounts(counts: StatesAnswer['counts']): StateCount[] {
  const before = counts.every((count) => count.before === null) ? null : 0;
  const all: StateCount[] = STATE_ORDER.map(
    (state) => counts.find((count) => count.state === state) ?? { state, areas: 0, sure: 0, before },
  );
  // Only where there is no level can an area be in this state: elsewhere nobody needs to read that none is.
  return all.filter((count) => count.state !== 'growing' || count.areas > 0 || (count.before ?? 0) > 0);
}

export function countedAreas(level: AreaLevel, count: number, { numbers, t }: Omit<Words, 'dates'>): string {
  const compared = LEVELS.find((known) => known === level) ?? 'belt';
  return t(`level.counted.${compared}`, { count: numbers.count(count), n: count });
}

/** How many areas surely recovered, surely fall, are likely one or the other, or are undetermined, and what surely changed. Empty without areas. */
export function statesSummary(answer: StatesAnswer, words: Words): string {
  const { numbers, dates, t } = words;
  if (answer.month === null || answer.rows.length === 0) return '';
  const changed = answer.rows.filter((row) => row.changed).length;
  const counts = orderedCounts(answer.counts);
  const isAlone = whyGrowthAlone(answer) !== null;
  const of = (states: readonly RecoveryStateName[], key: 'areas' | 'sure') =>
    counts.filter(({ state }) => states.includes(state)).reduce((all, count) => all + count[key], 0);
  const told: readonly (readonly [
    key: 'recovered' | 'growing' | 'falling' | 'other' | 'likely' | 'untold',
    count: number,
  ])[] = [
    [isAlone ? 'growing' : 'recovered', of([isAlone ? 'growing' : 'recovered'], 'sure')],
    ['falling', of(FALLING, 'sure')],
    ['other', of(OTHER, 'sure')],
    ['likely', of(TOLD, 'areas') - of(TOLD, 'sure')],
    ['untold', of(STATE_ORDER.filter(isUntold), 'areas')],
  ];
  const parts = told
    .filter(([key, count]) => count > 0 || ['recovered', 'growing', 'falling'].includes(key))
    .map(([key, count]) => t(`states.verdict.${key}`, { count: numbers.count(count) }));
  return t('states.summary', {
    month: dates.month(answer.month),
    areas: countedAreas(answer.level, answer.rows.length, words),
    parts: parts.join(t('states.partsJoin')),
    changed: hasBefore(answer) ? changedText() : t('states.noBefore'),
  });

  function changedText(): string {
    return changed === 0 ? t('states.unchanged') : t('states.changed', { count: numbers.count(changed) });
  }
}
