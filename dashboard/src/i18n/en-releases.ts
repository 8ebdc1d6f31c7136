import type { zhReleases } from './zh-releases.ts';

/** The page of a region: what disclosure control has let out of a month. */
export const enReleases: typeof zhReleases = {
  region: {
    title: 'Monthly figures of a region',
    of: '{names} · monthly figures',
    text: 'Each figure here has passed disclosure control: what too few merchants stand behind, or would let one of them be worked out, is withheld.',
    month: 'Month',
    made: '{month}, released {at}, data version {version}',
    source: 'Source: {name}',
    fixed: 'Once released it stays as it is: later corrections of orders do not change it.',
    progress: 'Further months are being made: {made} of {of} are there.',
    refused:
      '{count} month did not pass the audit and is not released. | {count} months did not pass the audit and are not released.',
    noneTitle: 'No month is released yet',
    noneText:
      'They are being made in the background, the latest month first: {made} of {of} are there. This page goes on by itself.',
    noneYet: 'No month of orders is completely loaded yet. Complete months are released by themselves.',
    comparison: 'The province and the nation',
    comparisonCaption:
      'GMV, change on a year ago, orders and pieces of provinces and the nation, and by track GMV and its change',
    belts: 'Belts',
    beltsCaption: 'GMV, change on a year ago, orders and pieces of belts, and by track GMV and its change',
    cities: 'Cities',
    citiesCaption: 'GMV, change on a year ago, orders and pieces of cities, and by track GMV and its change',
    nothing: 'There is no belt in your region in this month.',
    service: 'Service',
    serviceCaption:
      'Refund rate, on-time dispatch and share of repeat buyers of provinces, the nation, cities and belts, all orders',
    serviceText:
      'Refunds are of what was paid; on time is within 48 hours of payment; repeat buyers ordered twice or more from a merchant in the month. Without an interval: a difference may be mere chance.',
    carriers: 'Who carries the growth',
    carriersCaption:
      'Newcomers’ share, breadth and the two parts of growth of provinces, the nation, cities and belts, all orders',
    carriersText:
      'Newcomers sold nothing in the belt a year before (of January and February, in both together). Breadth: of merchants who sold in either period, those who sold more, and half of those who sold about as much; that of January is told with February. The two parts add up to growth; the others’ has those who sell no more taken away, so it is not growth of the same shops: that is told beside it once the months of a year before are released, and may be off by half a percentage point, because it is made of rounded shares.',
    structure: 'What GMV is made of',
    structureCaption:
      'Shares of small orders and of the largest fifth of sellers in GMV of provinces, the nation, cities and belts',
    structureText:
      'Small orders have fewer than 100 pieces from one shop in one belt; the rest of GMV is of large ones. Orders of distribution are mostly small and those of classic wholesale mostly large, so where either track is withheld this share is too. The largest fifth of sellers are the legal owners, all shops of one together, that sold most nationwide in the month, the same in every area: how far an area rests on the large ones. Withheld where they or the others are too few. Without an interval: a difference may be mere chance.',
    channels: 'Channels of distribution',
    channelsCaption:
      'Shares of downstream channels in GMV of distribution of provinces, the nation, cities and belts',
    channelsText: 'Shares of GMV of distribution.',
    countries: 'Destinations of cross-border orders',
    countriesCaption:
      'Shares of destinations in GMV of cross-border orders of provinces, the nation, cities and belts',
    countriesText:
      'Shares of GMV of cross-border orders, by the country or region that the goods go to, or the buyer’s where they stay at home.',
    partsText:
      'Named are the largest of the nation in the month, in its order; all besides are taken together. One that is left out would follow from the rest, so of an area all are told, the first of them, or none; one that is withheld is in the area’s others then. Each is rounded for itself. Without an interval: a difference may be mere chance.',
    partOf: { channels: 'Distribution: {part}', countries: 'Cross-border: {part}' },
    shares: {
      'refund-rate': 'Refund rate',
      'on-time': 'On-time dispatch',
      'repeat-buyers': 'Share of repeat buyers',
      newcomers: 'Share of newcomers in GMV',
      breadth: 'Breadth',
      fromNewcomers: 'Growth from newcomers',
      fromOthers: 'Growth from the others',
      leavers: 'Share of leavers in the GMV of a year before',
      sameStore: 'Same-store growth',
      'small-orders': 'Share of small orders in GMV',
      'largest-sellers': 'Share of the largest fifth of sellers in GMV',
    },
    area: 'Area',
    nation: 'Nation',
    total: 'GMV',
    growth: 'On a year ago',
    level: 'Level',
    levelText:
      'Level: GMV of which 100 is that of the same month of {year}, the first year of which all is loaded, as both were released; without an interval, so it does not say whether a belt has recovered.',
    smallBase: 'base too small',
    growthNone: 'No change on a year ago: that month was not released.',
    growthMerged:
      'January and February have one change together, because the Spring Festival falls into either; it is there once both are released.',
    growthText:
      'Changes come without an interval, so they are given no direction (±); they are there only where both years are shown.',
    overlap: 'Tracks overlap and do not add up.',
    orders: 'Orders',
    pieces: 'Pieces',
    trackGrowth: '{track}, on a year ago',
    legend: 'Key',
    states: { shown: 'shown', suppressed: 'withheld', zero: 'no orders', 'no-data': 'no data' },
    stateTexts: {
      shown: 'a released figure',
      suppressed:
        'there are orders, and they are not told: too few merchants, or others could be worked out from it',
      zero: 'no orders in this month',
      'no-data': 'not known: it is not in the release of this month',
    },
    summary: 'The month at a glance',
    reportTop: 'Report of this month',
    reportNone: 'No report of this month is released yet.',
    reportsAll: 'All reports of this month',
    troubled: 'Belts to look at first',
    troubledNone: 'Of the belts whose growth is published none has fallen.',
    troubledNoRates: 'No growth is published for this month yet.',
    troubledText:
      'Published growth of GMV below zero, the largest fall first. Belts whose growth is not published are not among them, which says nothing of how they are.',
    troubledMore: '{count} in all',
    beltReport: 'Report of {belt}',
    changed: 'What changed',
    changedNone: 'No report of this month was revised.',
    changedOf: '{number} takes the place of {revises}: {moved} figures moved, {appeared} are new.',
    coming: 'Coming release',
    comingOn: '{month}, on {day}',
    comingSoon: '{month}, as soon as disclosure control lets it out',
    export: 'Export CSV',
    report: 'Download PDF report',
    making: 'Being made …',
    reportOf: 'Province',
    state: 'State',
  },
};
