import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { whole } from './row-types.ts';

const row = z.object({
  belt: z.string(),
  track_bit: z.number().int(),
  line_count: whole,
  baseline_line_count: whole,
  unknown_gmv: whole,
  baseline_unknown_gmv: whole,
});
const asked = ['data_version', 'by_belt', 'track_bits', 'months', 'baseline_months'] as const;
const example = {
  data_version: 1,
  track_bits: [0, 4],
  months: ['2024-01-01', '2024-02-01'],
  baseline_months: ['2023-01-01'],
};

/** What was sold in an area to buyers that the source does not tell, on each asked track. */
export const unknownBuyers = defineQuery({
  file: 'unknown-buyers',
  parts: { 'rows-seen': 'area-belts' },
  parameters: [...asked, 'area_everything', 'area_belts'],
  row,
  example: { ...example, by_belt: 0, area_everything: 1, area_belts: [] },
});

/** The same of each belt. */
export const unknownBuyersByBelt = defineQuery({
  name: 'unknown-buyers-by-belt',
  file: 'unknown-buyers',
  parts: { 'rows-seen': 'visible-belts' },
  parameters: asked,
  row,
  example: { ...example, by_belt: 1 },
});
