import type { MessageKey, Translate } from './translate.ts';

/** What is said otherwise where the source's country keeps no Spring Festival: days are then those of the calendar. */
const PLAIN: Partial<Record<MessageKey, MessageKey>> = {
  'area.text': 'plain.areaText',
  'clock.intro': 'plain.clockIntro',
  'breadth.deadBand': 'plain.deadBand',
  'festival.none': 'plain.festivalNone',
  'recovery.adjusted': 'plain.adjusted',
  'recovery.levelSummary': 'plain.levelSummary',
  'recovery.levelSummarySmall': 'plain.levelSummarySmall',
  'recovery.levelTitle': 'plain.levelTitle',
  'recovery.lunarAxis': 'plain.growthAxis',
  'recovery.lunarGrowth': 'plain.growth',
  'recovery.threeMonths': 'plain.threeMonths',
  'recovery.valueSummary': 'plain.valueSummary',
  'recovery.valueSummarySettled': 'plain.valueSummarySettled',
  'states.growth': 'plain.statesGrowth',
};

/** The words for a source whose country keeps the festival, or keeps none. */
export const inCalendar =
  (t: Translate, keepsFestival: () => boolean): Translate =>
  (key, named) =>
    t(keepsFestival() ? key : (PLAIN[key] ?? key), named);
