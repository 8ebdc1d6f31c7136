/**
 * How queries take a measure, by the part `measure-of-row`: how often each column that adds up counts in it. The engine knows
 * columns only; which measures are made of them is declared in the API's contract.
 */
export const WEIGHTS = {
  parameters: ['times_orders', 'times_pieces', 'times_gmv', 'times_refund'],
  example: { times_orders: 0, times_pieces: 0, times_gmv: 1, times_refund: -1 },
} as const;
