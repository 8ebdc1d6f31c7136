import type { zhCompare } from './zh-compare.ts';

export const enCompare: typeof zhCompare = {
  state: {
    recovered: 'Recovered',
    recovering: 'Recovering',
    'carried-by-few': 'Carried by few',
    flat: 'Flat',
    slipping: 'Slipping',
    declining: 'Declining',
    'too-little-data': 'Too little data',
  },
  stateWhy: {
    recovered: 'Back at the reference level, and not falling',
    recovering: 'Below the reference level, growing, and most merchants grow',
    'carried-by-few': 'Growing, but no more than half of the merchants grow',
    flat: 'Below the reference level, hardly moving',
    slipping: 'Back at the reference level, but falling',
    declining: 'Below the reference level, and falling',
    'too-little-data': 'Not enough data to tell',
  },
  certainty: { clear: 'Clear', likely: 'Likely', borderline: 'Borderline' },
};
