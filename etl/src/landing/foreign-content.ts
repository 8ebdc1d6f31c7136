/**
 * What people send instead of the text that a source declares, told by its first bytes: as it lies on disk, and as it
 * comes out of a compression, where an export was packed twice.
 */

export type Compression = 'none' | 'gzip' | 'zstd';

/** How many bytes it takes to tell, the mark of a tar archive being the furthest in. */
export const TELLING_BYTES = 262;

/** A byte that no line of text holds, so that a column may be called as a format is. */
const NO_TEXT = '(0[0-8bcef]|1)';

/** The first bytes in hexadecimal, and what they are the beginning of. */
const FOREIGN: readonly (readonly [RegExp, string])[] = [
  [
    /^504b0304/,
    'a zip archive or an Excel workbook. Unpack it, export it as CSV, or set "format: xlsx" for the table in source.yaml where all of its files are workbooks',
  ],
  [
    /^d0cf11e0/,
    'an old Excel workbook, or one with a password. Save it as .xlsx without one, or export it as CSV',
  ],
  [/^425a683[1-9]314159/, 'compressed by bzip2. Unpack it, or use gzip or zstd'],
  [/^fd377a585a00/, 'compressed by xz. Unpack it, or use gzip or zstd'],
  [/^377abcaf271c/, 'a 7z archive. Unpack it'],
  [/^526172211a07/, 'a RAR archive. Unpack it'],
  [/^.{514}7573746172/, 'a tar archive. Unpack it, and load the files in it'],
  [
    new RegExp(`^504152(31|45)${NO_TEXT}`),
    'a Parquet file, and the source declares text. Load one that is text, or set "format: parquet" for the table in source.yaml where all of its files are Parquet',
  ],
  [/^4f626a01/, 'an Avro file. Export it as CSV, JSON lines or Parquet'],
  [new RegExp(`^4f5243${NO_TEXT}`), 'an ORC file. Export it as CSV, JSON lines or Parquet'],
  [/^53514c69746520666f726d6174203300/, 'an SQLite database. Export its tables as CSV'],
  [/^255044462d/, 'a PDF. Export it as CSV'],
];

/** How a file is compressed, by its first bytes. */
export function compressionOf(start: Buffer): Compression {
  if (start.length >= 2 && start.readUInt16BE() === 0x1f8b) return 'gzip';
  if (start.length < 4) return 'none';
  const word = start.readUInt32LE();
  return word === 0xfd2fb528 || word >>> 4 === 0x184d2a5 ? 'zstd' : 'none'; // the second: a skippable frame
}

/** What the bytes are the beginning of, and what to do, as the end of a sentence; null where they may be text. */
export function foreignContent(start: Buffer): string | null {
  const bytes = start.toString('hex', 0, TELLING_BYTES);
  return FOREIGN.find(([mark]) => mark.test(bytes))?.[1] ?? null;
}

/**
 * What lies under a compression that has been taken off, where that is no text: another compression, or something foreign.
 * @returns a sentence; null where it may be text.
 */
export function foreignWithin(compression: Compression, start: Buffer): string | null {
  if (compression === 'none') return null;
  const inner = compressionOf(start);
  if (inner !== 'none')
    return `the file is compressed twice: under ${compression} it is ${inner} once more. Unpack it once, and load what comes out.`;
  const foreign = foreignContent(start);
  return foreign === null ? null : `what is compressed by ${compression} is ${foreign}.`;
}
