/** Numbers that look drawn at random and depend on nothing but what they are asked of: the same in each process and data version. */

const { imul } = Math;

/** Each bit of a 32-bit number depends on all of it. The finalizer of MurmurHash3 (Appleby). */
export function mixed(value: number): number {
  let bits = value;
  bits = imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/** Of two whole numbers a number between 0 and 1, both excluded. */
export const uniformOf = (seed: number, index: number): number =>
  (mixed(mixed(seed ^ imul(index + 1, 0x9e3779b1))) + 0.5) / 2 ** 32;

/** A whole number below 2^53 of a text, by which an owner is drawn: the same in each process and data version. */
export function seedOf(text: string): number {
  let [low, high] = [0x811c9dc5, 0x1b873593];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    low = imul(low ^ unit, 0x01000193);
    high = imul(high ^ unit, 0x85ebca6b) ^ (high >>> 15);
  }
  return (mixed(high) >>> 11) * 2 ** 32 + mixed(low);
}
