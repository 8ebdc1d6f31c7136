/**
 * UTF-16 as UTF-8. It is turned before lines are looked for, because half of a character can be the byte of a line feed. A byte order
 * mark says which half comes first; without one it is the lower, as Windows writes it.
 */
import { isUtf8 } from 'node:buffer';
import { FileFault } from '../files/file-fault.ts';
import { hasUtf16Mark } from './text-encoding.ts';

/** Half of a pair alone: what stands for no character. */
const LONE_HALF = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const HIGH_HALF = /[\ud800-\udbff]$/;

/** @throws FileFault `encoding` with its line where the bytes are no UTF-16, or end in the middle of a character. */
export async function* fromUtf16(path: string, raw: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const start = await atLeast(TELLING, raw);
  if (start.length === 0) return;
  const isSwapped = orderOf(path, start) === 'upper first';
  let rest = Buffer.alloc(0);
  let high = '';
  let line = 1;
  for await (const chunk of after(start, raw)) {
    const bytes = Buffer.concat([rest, chunk]);
    const whole = bytes.subarray(0, bytes.length - (bytes.length % 2));
    rest = bytes.subarray(whole.length);
    const decoded = high + (isSwapped ? whole.swap16() : whole).toString('utf16le');
    high = HIGH_HALF.exec(decoded)?.[0] ?? '';
    const text = decoded.slice(0, decoded.length - high.length);
    const place = text.search(LONE_HALF);
    line += lineFeedsIn(place < 0 ? text : text.slice(0, place));
    if (place >= 0) throw fault(path, line, 'the bytes of this line are not valid UTF-16.');
    if (text.length > 0) yield Buffer.from(text, 'utf8');
  }
  if (rest.length > 0 || high !== '')
    throw fault(path, line, 'the file ends in the middle of a character. Transfer or export it again.');
}

/** Bytes that tell UTF-16 from UTF-32. */
const TELLING = 4;

async function atLeast(count: number, raw: AsyncGenerator<Buffer>): Promise<Buffer> {
  let start = Buffer.alloc(0);
  while (start.length < count) {
    const { value, done } = await raw.next();
    if (done) break;
    start = Buffer.concat([start, value]);
  }
  return start;
}

/** What was read already, and the rest. */
export async function* after(start: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield start;
  yield* rest;
}

/** @throws FileFault where it is another encoding by its beginning */
function orderOf(path: string, start: Buffer): 'lower first' | 'upper first' {
  if (hasUtf16Mark(path, start)) return start[0] === 0xfe ? 'upper first' : 'lower first';
  // A header of letters and delimiters has zeros in UTF-16, and none in UTF-8.
  if (!start.includes(0) && isUtf8(start.subarray(0, start.lastIndexOf(10) + 1))) throw notUtf16(path);
  return 'lower first';
}

const notUtf16 = (path: string) =>
  fault(
    path,
    1,
    'the source says UTF-16, but the file is UTF-8. Remove "encoding: utf-16" of the table in source.yaml.',
  );

const fault = (path: string, line: number, what: string) => new FileFault('encoding', path, line, what);

const lineFeedsIn = (text: string): number => {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
};
