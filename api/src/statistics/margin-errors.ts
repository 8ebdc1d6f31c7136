/**
 * How sure the margins of a change of value are (lmdi.ts), where an owner is left out with its merchants, orders and value. Buyers belong to no
 * owner, so of value = merchants × orders per merchant × value per order there are three; the middle one is what buyers per merchant and orders per
 * buyer come to together: factors of LMDI-I can be taken together, since each contributes L(v1, v0) · ln(x1 ÷ x0).
 */
import { type OwnerPair, withPassers } from './count-errors.ts';
import { type FigureError, jackknife } from './jackknife.ts';
import { lmdi } from './lmdi.ts';
import { countOwners, hasEnoughOwners, type NoError } from './owner-bootstrap.ts';

/** Of each margin's contribution: what it changed the value by ÷ the value before, as a ratio. */
export interface MarginErrors {
  readonly merchants: FigureError | NoError;
  readonly ordersPerMerchant: FigureError | NoError;
  readonly valuePerOrder: FigureError | NoError;
}

/** What each owner has: merchants that were active, orders and value, in both periods; of the same owners in the same order. */
export interface OwnerMargins {
  readonly merchants: OwnerPair;
  readonly orders: OwnerPair;
  readonly value: OwnerPair;
}

/** One who came and one who left are added to the merchants, as to any count of them (count-errors.ts), with no orders of their own. */
export function marginErrors({ merchants, orders, value }: OwnerMargins): MarginErrors {
  const counted = countOwners(value);
  const none = {
    merchants: 'too-few-owners',
    ordersPerMerchant: 'too-few-owners',
    valuePerOrder: 'too-few-owners',
  } as const;
  if (!hasEnoughOwners(counted)) return none;
  const shops = withPassers(merchants);
  const sides = [
    ...[shops.over, padded(orders.over), padded(value.over)],
    ...[shops.under, padded(orders.under), padded(value.under)],
  ];
  const [inMerchants, inOrders, inValue] = jackknife(
    sides,
    counted.owners + 2,
    ([merchants1 = 0, orders1 = 0, value1 = 0, merchants0 = 0, orders0 = 0, value0 = 0]) => {
      if (!(value0 > 0 && value1 > 0 && orders0 > 0 && orders1 > 0)) return [NaN, NaN, NaN];
      const factors = (shopCount: number, orderCount: number, sold: number) => [
        shopCount,
        orderCount / shopCount,
        sold / orderCount,
      ];
      return lmdi(factors(merchants0, orders0, value0), factors(merchants1, orders1, value1)).map(
        (change) => change / value0,
      );
    },
  );
  return {
    merchants: inMerchants ?? 'too-few-owners',
    ordersPerMerchant: inOrders ?? 'too-few-owners',
    valuePerOrder: inValue ?? 'too-few-owners',
  };
}

/** Those who came and left sold nothing else that counts. */
const padded = (values: Float64Array): Float64Array => Float64Array.from([...values, 0, 0]);
