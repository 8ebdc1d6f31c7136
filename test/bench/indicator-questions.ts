/** What the pages of indicators ask. A question can be several at once, as a page asks them. */

/** A page in variations: its questions, asked at the same time. */
export interface Page {
  readonly name: string;
  readonly paths: (variation: number) => readonly string[];
}

const COMPARED = 'from=2024-01&to=2024-12';
const CONDITIONS = [
  ...['all:rises', 'all:falls', 'cross-border:rises,custom:not-rises', 'custom:rises,cross-border:not-rises'],
  'distribution:rises',
];

/** Pages of one belt (another belt a variation) and of all belts (another track a variation). */
export function pages(belts: readonly string[]): Page[] {
  const belt = (variation: number) => `belt=${encodeURIComponent(belts[variation % belts.length] ?? '')}`;
  const tracks = ['all', 'distribution', 'cross-border', 'custom', 'wholesale'];
  const track = (variation: number) => `track=${tracks[variation % tracks.length]}`;
  const one = (name: string, path: (variation: number) => string): Page => ({
    name,
    paths: (variation) => [path(variation)],
  });
  return [
    {
      name: 'indicator page of a belt',
      paths: (v) => [`/recovery?${belt(v)}`, `/recovery/festival?${belt(v)}`, `/nowcast/backtest?${belt(v)}`],
    },
    {
      name: 'why page of a belt',
      paths: (v) =>
        ['margins', 'turnover', 'prices', 'concentration'].map((why) => `/${why}?${COMPARED}&${belt(v)}`),
    },
    one('recovery of a belt', (v) => `/recovery?${belt(v)}`),
    one('breadth of a belt', (v) => `/breadth?${belt(v)}`),
    one('margins of a belt', (v) => `/margins?${COMPARED}&${belt(v)}`),
    one('turnover of a belt', (v) => `/turnover?${COMPARED}&${belt(v)}`),
    one('prices of a belt', (v) => `/prices?${COMPARED}&${belt(v)}`),
    one('concentration of a belt', (v) => `/concentration?${COMPARED}&${belt(v)}`),
    one("all belts' states", (v) => `/recovery/states?${track(v)}`),
    // Of the conditions in turn; what is behind them is the same.
    one(
      'all belts by track',
      (v) => `/growth/by-track?${COMPARED}&where=${CONDITIONS[v % CONDITIONS.length]}`,
    ),
    one('clock of all belts', (v) => `/recovery/clock?${track(v)}`),
    one('turnover of the nation', () => `/turnover?${COMPARED}`),
    one('prices of the nation', () => `/prices?${COMPARED}`),
    one('breadth of the nation', () => '/breadth'),
  ];
}
