/**
 * Logarithmic mean Divisia index, LMDI-I: what each factor of a product contributes to the product's change, without
 * a residual. Identity here: GMV = merchants × buyers per merchant × orders per buyer × value per order. Method: Ang
 * and Liu (2001); zeros: Ang, Zhang and Choi (1998), Energy 23(6), 489–495; Ang (2005), Energy Policy 33.
 */
import { at } from '../core/vector.ts';

/**
 * Logarithmic mean L(a, b) = (a − b) ÷ ln(a ÷ b), a where both are equal, 0 where either is 0 (the limit).
 * Unit: that of a and b. @throws RangeError for negative or infinite values, which have no logarithmic mean.
 */
export function logMean(a: number, b: number): number {
  requirePossible([a, b]);
  if (a === b) return a;
  if (a === 0 || b === 0) return 0;
  const relative = (a - b) / b; // near 0 log1p keeps the digits that a ÷ b loses, near −1 it is the other way round
  return (a - b) / (Math.abs(relative) < 0.5 ? Math.log1p(relative) : Math.log(a / b));
}

/**
 * Additive contributions of the factors to v1 − v0, v = product of the factors: L(v1, v0) · ln(x1 ÷ x0). Unit: that
 * of the product. They add up to the change, zeros included.
 *
 * The eight zero cases come down to three: the product is 0 in both periods (0 for every factor); it was 0 and is not
 * (all of v1 goes to the factor that was 0), or the reverse (−v0). Where several factors were 0 at once, which the
 * eight cases leave open, they share equally: the limit as all of them approach 0 alike.
 * @throws RangeError for negative or infinite factors, or a different number of them.
 */
export function lmdi(factors0: readonly number[], factors1: readonly number[]): number[] {
  if (factors0.length !== factors1.length) throw new RangeError('a factor has no counterpart');
  requirePossible(factors0);
  requirePossible(factors1);
  const [v0, v1] = [product(factors0), product(factors1)];
  if (v0 === 0 && v1 === 0) return factors0.map(() => 0);
  if (v0 === 0) return sharedByZeros(factors0, v1);
  if (v1 === 0) return sharedByZeros(factors1, -v0);
  const weight = logMean(v1, v0);
  return factors0.map((x0, index) => weight * Math.log(at(factors1, index) / x0));
}

const product = (factors: readonly number[]): number => factors.reduce((value, factor) => value * factor, 1);

function sharedByZeros(factors: readonly number[], change: number): number[] {
  const zeros = factors.filter((factor) => factor === 0).length;
  if (zeros === 0) throw new RangeError('factors too small for their product');
  return factors.map((factor) => (factor === 0 ? change / zeros : 0));
}

function requirePossible(factors: readonly number[]): void {
  const wrong = factors.find((factor) => !(factor >= 0 && factor < Infinity));
  if (wrong !== undefined) throw new RangeError(`a factor must be a finite number from 0 on, not ${wrong}`);
}
