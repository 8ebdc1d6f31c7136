import type { FurtherMessages } from './translate.ts';

export const enBelts: FurtherMessages['belts'] = {
  beltTable: {
    title: 'All belts',
    caption: 'Belts, their states and levels, and growth by track',
    summary:
      '{all} belt. ▲▼ are findings (tested over all belts and tracks together; at most {rate}% of them false on average); ± may be chance. | {all} belts. ▲▼ are findings (tested over all belts and tracks together; at most {rate}% of them false on average); ± may be chance.',
    summaryNarrowed:
      'One of {all} belts meets the conditions. ▲▼ are findings (tested over all belts and tracks together; at most {rate}% of them false on average); ± may be chance. | {count} of {all} belts meet the conditions. ▲▼ are findings (tested over all belts and tracks together; at most {rate}% of them false on average); ± may be chance.',
    growthOn: 'Growth, {track}',
    any: 'any',
    ready: 'Questions often asked',
    condition: {
      rises: 'surely rises',
      falls: 'surely falls',
      'not-rises': 'does not surely rise',
      'not-falls': 'does not surely fall',
    },
    question: {
      crossBorderAlone: 'Cross-border rises, custom does not',
      customAlone: 'Custom rises, cross-border does not',
      distributionAlone: 'Distribution rises, cross-border does not',
      falling: 'Falling as a whole',
    },
    none: 'No belt meets all of the conditions.',
    clear: 'Drop all conditions',
    compare: 'Compare side by side ({count})',
    tick: 'Choose {name} to compare',
    tickMore: 'Tick two to six belts to put them side by side.',
  },
};
