/** The SELECT of order lines, drafted from what the columns are called and how their values are written. */
import type { Field } from './field-names.ts';
import type { Sample } from './sample.ts';
import { type Translation, translate, VOCABULARY } from './words.ts';
import { columnOf, type Drafted, draftCount, draftId, draftMoney, draftTime, quoted } from './written.ts';

/** What the parts of a draft are made from. */
export class Columns {
  constructor(
    readonly sample: Sample,
    readonly found: ReadonlyMap<Field, string>,
  ) {}

  has(field: Field): boolean {
    return this.found.has(field);
  }

  name(field: Field): string {
    const name = this.found.get(field);
    if (name === undefined) throw new Error(`no column holds ${field}`);
    return name;
  }

  values(field: Field): string[] {
    const index = this.sample.columns.indexOf(this.name(field));
    return this.sample.rows.map((row) => row[index] ?? '');
  }

  /** A field by its column, or what stands where there is none. */
  draft(
    field: Field,
    by: (name: string, values: readonly string[], field: Field) => Drafted,
    absent: Drafted,
  ): Drafted {
    return this.has(field) ? by(this.name(field), this.values(field), field) : absent;
  }
}

export type Draft = Readonly<Record<string, Drafted>>;

const fixed = (value: string, note: string | null = null, isOpen = false): Drafted => ({
  sql: quoted(value),
  note,
  isOpen,
});
const MISSING = 'MISSING: no column was recognised;';

const wordsOf = (columns: Columns, field: Field): Set<string> =>
  new Set(columns.values(field).filter((value) => value !== ''));

const list = (words: Iterable<string>): string =>
  [...words]
    .slice(0, 12)
    .map((word) => `“${word}”`)
    .join(', ');

const mapped = (column: string, { known }: Translation): string => {
  const other = [...known].filter(([word, value]) => word !== value);
  if (other.length === 0) return column;
  const words = other.map(([word]) => quoted(word)).join(', ');
  return `transform(${column}, [${words}], [${other.map(([, value]) => quoted(value)).join(', ')}], ${column})`;
};

/** @param currency of the source */
export function draftOrderLines(
  columns: Columns,
  merchant: Drafted,
  source: { id: string; currency: string; homeCountry: string },
): Draft {
  const time = (field: Field, absent: Drafted = fixed('')): Drafted =>
    columns.draft(field, draftTime, absent);
  const placed = time('placed_at', fixed('', `${MISSING} every row is rejected until it is given.`, true));
  const later = (['paid_at', 'dispatched_at', 'delivered_at'] as const).filter((field) => columns.has(field));
  return {
    order_id: columns.draft(
      'order_id',
      draftId,
      fixed('', `${MISSING} every row is rejected until it is given.`, true),
    ),
    line_no: draftLineNo(columns),
    placed_at: placed,
    paid_at: time('paid_at'),
    dispatched_at: time('dispatched_at'),
    delivered_at: time('delivered_at'),
    updated_at: time('updated_at', {
      sql: later.length === 0 ? 'placed_at' : `greatest(placed_at, ${later.join(', ')})`,
      note: 'no column says when a record was changed: the latest time that is known stands for it, and of two records with the same one the later load wins.',
    }),
    status: draftStatus(columns),
    merchant_id: merchant,
    buyer_id: draftUnknown(columns, 'buyer', 'buyers are not counted'),
    buyer_type: fixed(''),
    buyer_country: fixed(source.homeCountry),
    destination_country: draftCountry(columns, source.homeCountry),
    ...draftChannel(columns),
    sku_id: draftUnknown(columns, 'sku', 'SKUs are not counted, and prices of items are not compared'),
    sku_listed_on: fixed(''),
    category: columns.draft('category', (name) => ({ sql: columnOf(name), note: null }), fixed('')),
    quantity: columns.draft(
      'quantity',
      draftCount,
      fixed('1', `${MISSING} each line counts as one piece.`, true),
    ),
    amount: draftAmount(columns),
    refund_amount: columns.draft('refund_amount', draftMoney, fixed('')),
    currency: draftCurrency(columns, source.currency),
    is_custom: fixed('0'),
    is_factory_brand: fixed('0'),
  };
}

/** An id that a source may do without. `effect`: what it means that there is none. */
function draftUnknown(columns: Columns, unit: 'buyer' | 'sku', effect: string): Drafted {
  const field = `${unit}_id` as const;
  const declared = 'unknown, as source.yaml declares';
  if (!columns.has(field)) return { ...fixed('', `${MISSING} ${declared}: ${effect}.`, true), lacks: unit };
  const drafted = draftId(columns.name(field), columns.values(field));
  const empty = columns.values(field).filter((value) => value === '').length;
  if (empty === 0) return drafted;
  const note = `${empty} rows have none: ${declared}. They count in orders, pieces and amounts; ${effect} there.`;
  return { ...drafted, note: [drafted.note, note].filter(Boolean).join(' '), lacks: unit };
}

function draftLineNo(columns: Columns): Drafted {
  if (columns.has('line_no') && columns.values('line_no').every((value) => /^\d{1,9}$/.test(value)))
    return { sql: columnOf(columns.name('line_no')), note: null };
  const field = (['line_key', 'sku_id'] as const).find((one) => columns.has(one));
  if (field === undefined || !columns.has('order_id'))
    return fixed(
      '1',
      `${MISSING} taken as one line an order. Where an order has several, the last replaces the others.`,
      true,
    );
  const orders = columns.values('order_id');
  const keys = columns.values(field);
  const pairs = new Set(orders.map((order, index) => JSON.stringify([order, keys[index]])));
  const repeated = orders.length - pairs.size;
  return {
    sql: `toString(xxHash32(${columnOf(columns.name(field))}))`,
    note:
      `no line number in the export: a number is made of ${columns.name(field)}, so that a line keeps it in every export.` +
      (repeated === 0
        ? ''
        : ` ${repeated} rows repeat the one of another row of their order, and of those the last alone counts: add what tells them apart.`),
    isOpen: repeated > 0,
  };
}

function draftStatus(columns: Columns): Drafted {
  if (!columns.has('status'))
    return columns.has('paid_at')
      ? {
          sql: "if(paid_at = '', 'placed', 'paid')",
          note: 'no column of a status: an order with a time of payment is paid; cancelled ones are not told.',
          isOpen: true,
        }
      : fixed('paid', `${MISSING} every order counts as paid.`, true);
  const words = translate(wordsOf(columns, 'status'), VOCABULARY.status);
  return {
    sql: mapped(columnOf(columns.name('status')), words),
    note:
      words.unknown.length === 0
        ? null
        : `not known, and rejected until they are added: ${list(words.unknown)}.`,
    isOpen: words.unknown.length > 0,
  };
}

function draftAmount(columns: Columns): Drafted {
  if (columns.has('amount')) {
    const drafted = columns.draft('amount', draftMoney, fixed(''));
    const isOfOrder = /订单|order|总|total$/i.test(columns.name('amount')) && columns.has('sku_id');
    const note = isOfOrder
      ? 'is this the amount of the line, or of the whole order? It must be that of the line.'
      : null;
    return { ...drafted, note: [drafted.note, note].filter(Boolean).join(' ') || null };
  }
  if (!columns.has('unit_price'))
    return fixed('', `${MISSING} every row is rejected until it is given.`, true);
  const { sql: price, format } = columns.draft('unit_price', draftMoney, fixed(''));
  const quantity = columns.draft('quantity', draftCount, fixed('1')).sql;
  return {
    // What is no number shows both, and its row is rejected with them.
    sql: `ifNull(toString(round(toDecimal128OrNull(${price}, 6) * toDecimal128OrNull(${quantity}, 0), 2)), concat(${price}, ' × ', ${quantity}))`,
    note: 'price × quantity, rounded to two decimals.',
    ...(format ? { format } : {}),
  };
}

function draftCountry(columns: Columns, home: string): Drafted {
  if (!columns.has('destination_country'))
    return fixed(home, 'no column of a country: every order stays at home.');
  const words = translate(wordsOf(columns, 'destination_country'), VOCABULARY.country);
  return {
    sql: mapped(columnOf(columns.name('destination_country')), words),
    note:
      words.unknown.length === 0
        ? null
        : `not known, and rejected until they are added: ${list(words.unknown)}.`,
    isOpen: words.unknown.length > 0,
  };
}

function draftChannel(columns: Columns): Pick<Draft, 'sales_mode' | 'channel'> {
  const wholesale = { sales_mode: fixed('wholesale'), channel: fixed('') };
  if (!columns.has('channel')) return wholesale;
  const words = translate(wordsOf(columns, 'channel'), VOCABULARY.channel);
  if (words.unknown.length > 0) {
    const note = `${columns.name('channel')} is not used, because of what is no known channel: ${list(words.unknown)}. Every order is wholesale.`;
    return { ...wholesale, channel: fixed('', note, true) };
  }
  return {
    sales_mode: {
      sql: "multiIf(channel IN ('', 'wholesale'), 'wholesale', channel IN ('member_store', 'selection_centre'), 'offline', 'distribution')",
      note: null,
    },
    channel: { sql: mapped(columnOf(columns.name('channel')), words), note: null },
  };
}

function draftCurrency(columns: Columns, currency: string): Drafted {
  if (!columns.has('currency')) return fixed(currency);
  const words = translate(wordsOf(columns, 'currency'), VOCABULARY.currency);
  return { sql: mapped(columnOf(columns.name('currency')), words), note: null };
}
