/** Sizes on V8's heap with pointers of 8 bytes, rounded up: a cache should hold rather less than it is told. */
const POINTER = 8;
const OBJECT = 24;
const ARRAY = 32;
const STRING = 24;
/** A number in an object is a heap number; in an array of numbers it lies in the array. */
const NUMBER = 16;
const MAP_ENTRY = 40;

/**
 * About how many bytes a value holds on the heap: rows, answers and series, which are plain data without cycles. What a
 * function closes over cannot be seen and counts for nothing; a part that stands in two places counts twice.
 */
export function bytesOf(value: unknown): number {
  switch (typeof value) {
    case 'string':
      return STRING + 2 * value.length;
    case 'number':
      return NUMBER;
    case 'object':
      return value === null ? 0 : bytesOfObject(value);
    default:
      return 0;
  }
}

function bytesOfObject(value: object): number {
  if (ArrayBuffer.isView(value)) return OBJECT + ARRAY + value.byteLength;
  if (Array.isArray(value)) return bytesOfArray(value);
  let bytes = OBJECT;
  if (value instanceof Map) {
    for (const [key, item] of value) bytes += MAP_ENTRY + bytesOf(key) + bytesOf(item);
  } else if (value instanceof Set) {
    for (const item of value) bytes += MAP_ENTRY + bytesOf(item);
  } else {
    for (const item of Object.values(value)) bytes += POINTER + bytesOf(item);
  }
  return bytes;
}

function bytesOfArray(items: readonly unknown[]): number {
  let bytes = ARRAY + POINTER * items.length;
  for (const item of items) if (typeof item !== 'number') bytes += bytesOf(item);
  return bytes;
}
