import type { zhBenchmark } from './zh-benchmark.ts';

/** A merchant's own page: where they stand among true peers. */
export const enBenchmark: typeof zhBenchmark = {
  standing: {
    title: 'My place among peers',
    text: 'Your own figures, and below each the rough level of your peers. What is told of peers has passed disclosure control: none of them can be made out, and none of them sees yours.',
    quarter: 'Quarter',
    quarterName: 'Q{no} {year}',
    owner: 'Legal owner',
    about:
      '{count} shop of {owner} · data version {version}, published {day} · not changed any more | {count} shops of {owner} together · data version {version}, published {day} · not changed any more',
    noneTitle: 'There are no figures yet',
    noneText:
      'Either no shop has been given to your account yet (ask the administrator), or no quarter of orders is wholly loaded.',
    group: 'Who you are compared with',
    groupOf: {
      belt: 'Merchants of {belts} (size: {sizes}): {count}, you among them.',
      city: 'Merchants of {city} with {goods} ({belts}; size: {sizes}): {count}, you among them.',
      province: 'Merchants of {province} with {goods} ({belts}; size: {sizes}): {count}, you among them.',
      nation: 'Merchants nationwide with {goods} ({belts}; size: {sizes}): {count}, you among them.',
    },
    sizes: { unknown: 'unknown', micro: 'micro', small: 'small', medium: 'medium', large: 'large' },
    anySize: 'any',
    countUnder: 'fewer than {below}',
    countBetween: '{from} or more, fewer than {below}',
    countFrom: '{from} or more',
    widened: 'Why it is wider: one size of one belt alone would give single merchants away, so {how}.',
    widenedBy: {
      size: 'neighbouring sizes are in it too',
      belts: 'other belts with the same goods are in it too',
    },
    fixed:
      'Each merchant of the group sees the same. Legal owners are counted: several shops of one owner are one.',
    noGroup: {
      'too-small':
        'There are too few merchants like you, or one of them is too large: even nationwide single ones could be worked out. So these are your own figures alone.',
      'no-belt': 'Your shops are in no belt, so there are no peers. These are your own figures alone.',
      'no-orders': 'You sold nothing in this quarter, so there is no place to tell.',
    },
    measures: 'One by one',
    mine: 'Me',
    measure: {
      gmv: 'GMV',
      growth: 'GMV on a year ago',
      orders: 'Orders',
      pieces: 'Pieces',
      'order-value': 'Value of an order',
      'order-pieces': 'Pieces in an order',
      programme: 'Share of the five tracks',
      share: 'Share of {track}',
    },
    higher: 'higher is better',
    bandOf: 'Band {place} of {of}, counted from the lowest',
    bandNone: 'no place',
    quartiles:
      'Group: about a quarter have at most {lower}, half at most {median}, a quarter at least {upper}.',
    medianOnly: 'Group: about half have at most {median}. It is too small for quartiles.',
    someQuartiles: 'Group: {parts}.',
    part: {
      lower: 'about a quarter have at most {value}',
      median: 'about half have at most {value}',
      upper: 'about a quarter have at least {value}',
    },
    quartilesNone: 'Nothing is told of the group: single merchants could be worked out.',
    trend: 'My last eight quarters',
    value: 'Value',
    smallBase: 'small base',
    change: 'Where my change comes from',
    changeOf: '{change} on {quarter} (then {baseline}).',
    changeNone:
      'The same quarter of the year before is not wholly loaded, so there is nothing to compare with.',
    byFactor: 'By orders, pieces in an order and price of a piece',
    byTracks: 'By combination of tracks',
    adds: 'The parts add up to the whole change. All of it is your own.',
    factor: {
      orders: 'Orders',
      'pieces-per-order': 'Pieces in an order',
      'value-per-piece': 'Price of a piece',
    },
    part2: 'Part',
    amount: 'Change',
    how: 'How it is worked out',
    howText:
      'Figures of the group are means of several neighbouring merchants in three significant digits, never of the highest or the lowest. Places are told in bands, never as a rank. Growth is on the same quarter of the year before; the first quarter has the Spring Festival in both years.',
  },
};
