import type { FurtherMessages } from './translate.ts';

export const enClock: FurtherMessages['clock'] = {
  clock: {
    monthUnknown: '{month} is not on the clock, which runs from {from} to {to}. Choose another as-of month.',
    title: 'Recovery clock: {track} · {measure}',
    intro:
      'Across: growth over the last twelve months; up: growth over the last three months less that (both against the matching lunar days of a year before). To the right an area grows, to the left it shrinks; above it has lately been faster than over the year, below slower. A cycle runs clockwise. Later months do not move a place. The clock is about growth and its pace, states are about the level of the reference year: two things, each with its own colours.',
    quadrant: {
      expansion: 'Expansion',
      slowdown: 'Slowdown',
      contraction: 'Contraction',
      recovery: 'Upturn',
    },
    quadrantWhy: {
      expansion: 'growing, and speeding up',
      slowdown: 'growing, but slowing down',
      contraction: 'shrinking, and ever faster',
      recovery: 'shrinking, but less so',
    },
    x: 'Growth over twelve months (%)',
    y: 'Last three months less twelve (percentage points)',
    summary: '{month}, of {areas}: {parts}.',
    part: '{count} in {quadrant}',
    legendPart: '{quadrant} {count}: {why}',
    unknown: '{count} with too little data',
    partsJoin: ', ',
    chosen:
      '{name}: {where}; growth over twelve months is {x}, that over the last three differs from it by {y}.',
    chosenNone: '{name}: {reason}.',
    outside:
      '{count} is outside the field, shown as a triangle at its edge | {count} are outside the field, shown as triangles at its edge',
    points: '{value} percentage points ({low} to {high})',
    undetermined: '{count} undetermined',
    withInterval: '{value} ({interval})',
    likelyKey: 'Hollow: likely in that quadrant',
    undeterminedKey: 'Undetermined {count} (grey clouds): their quadrant may be chance',
    month: 'Month',
    play: 'Play',
    pause: 'Pause',
    earlier: 'Month before',
    later: 'Next month',
    controls: 'Choose the month',
    find: '{level}: find by name',
    findHint: 'Type a name',
    unfound: 'None is called “{name}”',
    clear: 'Clear choice',
    share: 'Share',
    trail:
      'The last {count} month of {name}, hollow where undetermined | The last {count} months of {name}, hollow where undetermined',
    sizes: 'The size of a point shows its share of the national total',
    caption: 'Position of each area on the clock, the largest share first',
    name: 'Name',
    where: 'Quadrant',
    emptyGap:
      'No clock can be drawn: {months} were never loaded, and it takes two whole years without a gap. Load the files of these months.',
    empty: 'The history is too short for a clock, which takes two whole years.',
  },
};
