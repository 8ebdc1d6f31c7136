import type { FlowMeasure, Unit } from '@beltline/contract';

/** The units of sums, without the schemas of the contract. */
export const UNIT_OF_FLOW: Record<FlowMeasure, Unit> = {
  orders: 'orders',
  pieces: 'pieces',
  gmv: 'money',
  'net-gmv': 'money',
};
