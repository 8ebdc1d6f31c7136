import type { zhAreas } from './zh-areas.ts';

export const enAreas: typeof zhAreas = {
  area: {
    breadcrumb: 'Where you are',
    nation: 'Nation',
    belts: '{count} belt | {count} belts',
    beltsTitle: 'Belts of this area',
    beltsCount: '{count} belt. | {count} belts, those with most merchants first.',
    beltsNone: 'This area has no belts.',
    kinds: { province: 'Province', city: 'City', category: 'Category' },
    unknown:
      'There is no such area: it may have another name by now, or the chosen source has no belt in it.',
    pageOf: 'Show the recovery of {name}',
    text: 'All belts of the nation together: their level, Spring Festival aligned, the running month, and why figures changed.',
  },
  referenceYear: {
    label: 'Reference year',
    year: '{year}',
    automatic: 'Automatic',
    refused: 'This year is not completely loaded and cannot be the reference. Choose another year.',
  },
  plain: {
    areaText: 'All belts of the nation together: their level, the running month, and why figures changed.',
    clockIntro:
      'Across: growth over the last twelve months; up: growth over the last three months less that (both against the matching days of a year before). To the right an area grows, to the left it shrinks; above it has lately been faster than over the year, below slower. A cycle runs clockwise. Later months do not move a place. The clock is about growth and its pace, states are about the level of the reference year: two things, each with its own colours.',
    deadBand: 'Three months against the same of the year before; within ±{band} counts as unchanged.',
    festivalNone:
      'The country of this source does not keep the Spring Festival: its days are compared by the calendar.',
    adjusted: 'Adjusted (without season)',
    levelSummary:
      '{month} alone: level {level}, {side}, growth over the same days {growth}; how sure this is is not known (yet), so it may be chance.',
    levelSummarySure:
      '{month} alone: level {level} ({interval}), {side}, growth over the same days {growth}.',
    levelSummarySmall:
      '{month} alone: the base of the level is too small to tell it; growth over the same days {growth}.',
    levelTitle: 'Level, and growth over the same days',
    growthAxis: 'Growth over the same days (%)',
    growth: 'Growth over the same days',
    threeMonths: 'Three-month growth',
    valueSummary:
      '{month}: {measure} {value}, {adjusted} without season (the last three months will be revised), trend {trend}.',
    valueSummarySettled: '{month}: {measure} {value}, {adjusted} without season, trend {trend}.',
    statesGrowth: 'Three-month growth',
  },
};
