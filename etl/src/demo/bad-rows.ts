import { ORDER_COLUMNS, STATUSES } from './codes.ts';
import type { Random } from './random.ts';

/** Faults of a row, as a loader has to tell them apart. Each bad row has exactly one. */
export const BAD_ROW_KINDS = [
  'unknown_status',
  'impossible_date',
  'amount_decimals',
  'quantity_text',
  'quantity_negative',
  'unknown_merchant',
  'missing_column',
  'extra_column',
  'text_after_quote',
] as const;
export type BadRowKind = (typeof BAD_ROW_KINDS)[number];

const column = (name: string): number => ORDER_COLUMNS.split(',').indexOf(name);

const UNKNOWN_STATUSES = ['shipped', 'unknown', '已发货', 'PAID?'];
const NO_QUANTITIES = ['abc', '12件', '1.5.0', 'NaN', '--'];
const IMPOSSIBLE_DATES = [
  '02-30 09:15:00',
  '13-05 18:20:11',
  '06-31 00:00:00',
  '04-12 24:61:00',
  '00-10 08:00:00',
];

/**
 * Makes a bad row of a good one, with an order id of its own so that it can hide in no order.
 *
 * The text after a closing quote is on one line: a parser that resynchronises at the line's end loses nothing else.
 */
export function spoil(goodRow: string, orderId: string, kind: BadRowKind, random: Random): string {
  const fields = goodRow.trimEnd().split(',');
  fields[0] = orderId;
  fields[column('line_no')] = '1';
  switch (kind) {
    case 'unknown_status':
      fields[column('status')] = random.pick(UNKNOWN_STATUSES);
      break;
    case 'impossible_date':
      fields[column('placed_at')] =
        `${fields[column('placed_at')]!.slice(0, 4)}-${random.pick(IMPOSSIBLE_DATES)}`;
      break;
    case 'amount_decimals':
      fields[column('amount')] =
        `${random.between(1, 9_000)}.${random.between(10, 99)}${random.between(1, 9)}`;
      // The refund of the good row could exceed the new amount: a second fault.
      fields[column('refund_amount')] = '0';
      break;
    case 'quantity_text':
      fields[column('quantity')] = random.pick(NO_QUANTITIES);
      break;
    case 'quantity_negative':
      fields[column('quantity')] = `-${fields[column('quantity')]!}`;
      break;
    case 'unknown_merchant':
      fields[column('merchant_id')] = `M9${random.between(10_000_000, 99_999_999)}`;
      break;
    case 'missing_column':
      fields.splice(random.chance(0.5) ? column('options') : column('buyer_country'), 1);
      break;
    case 'extra_column':
      fields.push(random.pick(['', 'note', '0']));
      break;
    case 'text_after_quote':
      fields[column('channel')] = `"${fields[column('channel')]!}"x`;
      break;
  }
  return `${fields.join(',')}\n`;
}

/** A row to spoil must be ordinary, so that the fault is its only one. */
export function canSpoil(goodRow: string): boolean {
  return goodRow.includes(`,${STATUSES[3]},`);
}
