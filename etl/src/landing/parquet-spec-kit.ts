/** Parquet files that no writer makes, by hand: each column has one value and is a dictionary of it, and one run of its number. */

/** Types of the compact protocol of Thrift, in which a Parquet file describes itself. */
const I32 = 5;
const I64 = 6;
const BINARY = 8;
const LIST = 9;
const STRUCT = 12;

const BYTE_ARRAY = zigzag(6);
const PLAIN = zigzag(0);
const RLE = zigzag(3);
const RLE_DICTIONARY = zigzag(8);

/** @param values of each column, in each of `rows` rows, whose number takes no more room where it is great */
export function oneValueParquet(values: Readonly<Record<string, string>>, rows: number): Buffer {
  const parts: Buffer[] = [Buffer.from('PAR1')];
  const length = () => parts.reduce((sum, part) => sum + part.length, 0);
  const chunks = Object.entries(values).map(([name, value]) => {
    const start = length();
    const entry = Buffer.concat([littleEndian(Buffer.byteLength(value)), Buffer.from(value)]);
    parts.push(page(2, entry, [7, STRUCT, struct([1, I32, zigzag(1)], [2, I32, PLAIN])]), entry);
    const indices = Buffer.concat([Buffer.from([1]), varint(rows * 2), Buffer.from([0])]);
    const counted = struct([1, I32, zigzag(rows)], [2, I32, RLE_DICTIONARY], [3, I32, RLE], [4, I32, RLE]);
    const data = length();
    parts.push(page(0, indices, [5, STRUCT, counted]), indices);
    const size = zigzag(length() - start);
    const column = struct(
      [1, I32, BYTE_ARRAY],
      [2, LIST, list(I32, [PLAIN, RLE_DICTIONARY])],
      [3, LIST, list(BINARY, [text(name)])],
      [4, I32, zigzag(0)], // not compressed
      [5, I64, zigzag(rows)],
      [6, I64, size],
      [7, I64, size],
      [9, I64, zigzag(data)],
      [11, I64, zigzag(start)],
    );
    return struct([2, I64, zigzag(start)], [3, STRUCT, column]);
  });
  const names = Object.keys(values);
  const root = struct([4, BINARY, text('schema')], [5, I32, zigzag(names.length)]);
  const leaves = names.map((name) =>
    struct([1, I32, BYTE_ARRAY], [3, I32, zigzag(0)], [4, BINARY, text(name)], [6, I32, zigzag(0)]),
  );
  const group = struct([1, LIST, list(STRUCT, chunks)], [2, I64, zigzag(length())], [3, I64, zigzag(rows)]);
  const footer = struct(
    [1, I32, zigzag(1)],
    [2, LIST, list(STRUCT, [root, ...leaves])],
    [3, I64, zigzag(rows)],
    [4, LIST, list(STRUCT, [group])],
  );
  return Buffer.concat([...parts, footer, littleEndian(footer.length), Buffer.from('PAR1')]);
}

type Field = readonly [id: number, type: number, value: Buffer];

const page = (kind: number, body: Buffer, header: Field): Buffer =>
  struct([1, I32, zigzag(kind)], [2, I32, zigzag(body.length)], [3, I32, zigzag(body.length)], header);

function struct(...fields: readonly Field[]): Buffer {
  const parts = fields.flatMap(([id, type, value], index) => [
    Buffer.from([((id - (fields[index - 1]?.[0] ?? 0)) << 4) | type]),
    value,
  ]);
  return Buffer.concat([...parts, Buffer.from([0])]);
}

const list = (type: number, items: readonly Buffer[]): Buffer =>
  Buffer.concat([Buffer.from([0xf0 | type]), varint(items.length), ...items]);

const text = (value: string): Buffer => Buffer.concat([varint(Buffer.byteLength(value)), Buffer.from(value)]);

function varint(value: number): Buffer {
  const bytes = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    bytes.push(rest < 128 ? rest : (rest % 128) + 128);
    if (rest < 128) return Buffer.from(bytes);
  }
}

/** Of what is not negative. */
function zigzag(value: number): Buffer {
  return varint(value * 2);
}

function littleEndian(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
