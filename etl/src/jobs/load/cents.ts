/** Amounts as decimal text and in hundredths, exactly. */

/** Decimal text with up to two decimals in hundredths, exactly. */
export function cents(amount: string): bigint {
  const [whole = '0', fraction = ''] = amount.split('.');
  const sign = whole.startsWith('-') ? -1n : 1n;
  return sign * (BigInt(whole.replace('-', '') || '0') * 100n + BigInt(fraction.padEnd(2, '0').slice(0, 2)));
}

/** Hundredths as the engine writes a decimal: without zeros behind. */
export function decimal(hundredths: bigint): string {
  const size = hundredths < 0n ? -hundredths : hundredths;
  const fraction = String(size % 100n)
    .padStart(2, '0')
    .replace(/0+$/, '');
  return `${hundredths < 0n ? '-' : ''}${size / 100n}${fraction && `.${fraction}`}`;
}
