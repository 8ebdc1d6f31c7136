/**
 * Where each indicator is asked, under `/api/v1`. Apart from the rest of their declarations, so that a page that asks them
 * need not carry the schemas that check them.
 */
export const INDICATOR_PATHS = {
  growth: '/growth',
  growthUncertainty: '/growth/uncertainty',
  growthByBelt: '/growth/by-belt',
  rankingUncertainty: '/growth/by-belt/uncertainty',
  trackGrowth: '/growth/by-track',
  contributions: '/contributions',
  contributionsUncertainty: '/contributions/uncertainty',
  series: '/series',
  seriesUncertainty: '/series/uncertainty',
  recovery: '/recovery',
  recoveryUncertainty: '/recovery/uncertainty',
  recoveryVolume: '/recovery/volume',
  differences: '/recovery/differences',
  priceDifferences: '/recovery/differences/prices',
  festival: '/recovery/festival',
  states: '/recovery/states',
  stateHistory: '/recovery/states/history',
  clock: '/recovery/clock',
  adjustment: '/recovery/adjustment',
  revisions: '/revisions',
  backtest: '/nowcast/backtest',
  margins: '/margins',
  marginsUncertainty: '/margins/uncertainty',
  turnover: '/turnover',
  prices: '/prices',
  pricesUncertainty: '/prices/uncertainty',
  newSkus: '/new-skus',
  breadth: '/breadth',
  concentration: '/concentration',
  concentrationUncertainty: '/concentration/uncertainty',
  quality: '/quality',
} as const;

export type IndicatorName = keyof typeof INDICATOR_PATHS;
