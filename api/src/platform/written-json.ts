/**
 * JSON as it is sent, in which the parts that many answers hold alike are written once: the names of belts are a third of a ranking.
 * They are also nearly all of it that is not ASCII, and V8 joins and encodes text that is nothing else in half the time.
 */
import { randomUUID } from 'node:crypto';

/** Stands for a part while an answer is made into text: no answer holds it, because nobody is told it. */
const PLACE = randomUUID();
const PLACE_IN_TEXT = JSON.stringify(PLACE);

/** What was met of such parts by the writing under way; null while there is none: then they are written like all else. */
let met: Buffer[] | null = null;

/** The same object, whose JSON is written when it is first met and then kept with it. It must not change any more. */
export function writtenOnce<T extends object>(part: T): T {
  let written: Buffer | null = null;
  const toJSON = () => {
    if (met === null) return part;
    written ??= Buffer.from(JSON.stringify({ ...part }));
    met.push(written);
    return PLACE;
  };
  return Object.defineProperty(part, 'toJSON', { value: toJSON });
}

/** Text is encoded here and copied out of it: to make a buffer of its size, its bytes would first have to be counted. */
const ENCODING = Buffer.allocUnsafeSlow(2 ** 20);
const MOST_BYTES_A_CHARACTER = 3;

/** The JSON of a value in UTF-8: the bytes that `JSON.stringify` would give. */
export function writtenJson(value: object): Buffer {
  const { text, parts } = textOf(value);
  const most = parts.reduce((bytes, part) => bytes + part.length, MOST_BYTES_A_CHARACTER * text.length);
  const into = most <= ENCODING.length ? ENCODING : Buffer.allocUnsafeSlow(most);
  let end = 0;
  for (const [index, piece] of text.split(PLACE_IN_TEXT).entries()) {
    end += into.write(piece, end);
    end += parts[index]?.copy(into, end) ?? 0;
  }
  return Buffer.from(into.subarray(0, end));
}

function textOf(value: object): { readonly text: string; readonly parts: readonly Buffer[] } {
  const parts: Buffer[] = [];
  met = parts;
  try {
    return { text: JSON.stringify(value), parts };
  } finally {
    met = null;
  }
}
