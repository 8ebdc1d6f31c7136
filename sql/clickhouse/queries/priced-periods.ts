/** How queries about prices take their periods, by the part `priced-items`. */
export const PRICED_PERIODS = {
  parameters: ['data_version', 'area_everything', 'area_belts', 'track_bit', 'months', 'period_nos', 'slots'],
  example: {
    data_version: 1,
    area_everything: 1,
    area_belts: [],
    track_bit: 0,
    months: ['2023-02-01', '2024-02-01'],
    period_nos: [0, 1],
    slots: [0, 0],
  },
} as const;
