/** Which characters a font has a drawing for: its table `cmap` in format 12, which names every plane of Unicode (OpenType 1.9). */

const EVERY_PLANE = 12;
const CODE_POINTS = 0x110000;

/**
 * Whether a font draws a character, by its code point.
 * @throws RangeError where the bytes are no TrueType font with such a table
 */
export function drawnBy(font: Buffer): (codePoint: number) => boolean {
  const subtable = subtablesOf(font).find((at) => font.readUInt16BE(at) === EVERY_PLANE);
  if (subtable === undefined) throw new RangeError('the font does not say which characters it draws');
  const drawn = new Uint8Array(CODE_POINTS);
  for (let no = 0; no < font.readUInt32BE(subtable + 12); no++) {
    const group = subtable + 16 + 12 * no;
    drawn.fill(1, font.readUInt32BE(group), font.readUInt32BE(group + 4) + 1);
  }
  return (codePoint) => drawn[codePoint] === 1;
}

function subtablesOf(font: Buffer): number[] {
  const tables = Array.from({ length: font.readUInt16BE(4) }, (_, no) => 12 + 16 * no);
  const entry = tables.find((at) => font.toString('latin1', at, at + 4) === 'cmap');
  if (entry === undefined) return [];
  const cmap = font.readUInt32BE(entry + 8);
  const count = font.readUInt16BE(cmap + 2);
  return Array.from({ length: count }, (_, no) => cmap + font.readUInt32BE(cmap + 4 + 8 * no + 4));
}
