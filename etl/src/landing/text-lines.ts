/**
 * A text file as blocks of whole lines in UTF-8, ready to be sent to the engine. Works on whole buffers with their native
 * searches (lastIndexOf, isUtf8, includes), never byte by byte, and holds one block at a time whatever the file's size.
 */
import { type BlockDecoder, blockDecoder, isEncodingFault, refuseUtf16 } from './text-encoding.ts';
import { decompress, detectCompression } from './decompress.ts';
import { FileFault } from '../files/file-fault.ts';
import { type Compression, foreignWithin } from './foreign-content.ts';
import { LINE_FEEDS } from './lone-returns.ts';
import type { TextEncoding } from '../source/definition.ts';
import { fromUtf16 } from './utf16.ts';
import { type CheckedReading, readChecked, readRaw } from '../files/raw-file.ts';

/** Longest line that is read, and the longest record of several lines: beyond it, a quote or a line feed is missing. */
export const MAX_RECORD_BYTES = 10_000_000;

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
/** Ctrl-Z, which ended text files long ago and still comes out of old exports. */
const END_OF_FILE = 26;
/** Blocks are cut to this, so that whatever a decompressor hands out, no line within a block can be too long. */
const MAX_PIECE = 1 << 20;

export interface TextLinesOptions extends CheckedReading {
  readonly encoding: TextEncoding;
  /** Takes the first line (without line feed, as text) and throws where it is wrong; null where a file has no header. */
  readonly checkHeader: ((line: string) => void) | null;
}

/** The lines after the header of one file; iterate once. */
export class TextLines {
  /** True once a NUL byte has been seen. */
  hasNul = false;
  /** True once a carriage return has been seen, of a line end or alone. */
  hasReturn = false;
  /** True once all is read and the last line turned out to have no line end, nor a Ctrl-Z behind it. */
  lacksLineEnd = false;
  readonly #options: TextLinesOptions;
  readonly #decoder: BlockDecoder;
  #compression: Compression = 'none';
  /** Bytes of decompressed content in blocks that have been passed on, to find the line of a fault. */
  #passed = 0;

  constructor(options: TextLinesOptions) {
    this.#options = options;
    this.#decoder = blockDecoder(options.encoding);
  }

  /** Blocks of whole lines in UTF-8. @throws FileFault for all that makes the file unusable as text. */
  async *blocks(): AsyncGenerator<Buffer> {
    const { path, checkHeader } = this.#options;
    let header = checkHeader;
    let first = true;
    for await (const raw of this.#wholeLines()) {
      if (first) refuseUtf16(path, raw);
      let block = await this.#decode(raw, first);
      first = false;
      if (header) {
        const end = block.indexOf(LINE_FEED);
        header(block.toString('utf8', 0, end < 0 ? block.length : end));
        header = null;
        block = end < 0 ? block.subarray(block.length) : block.subarray(end + 1);
      }
      this.hasNul ||= block.includes(0);
      this.hasReturn ||= block.includes(CARRIAGE_RETURN);
      this.#passed += raw.length;
      if (block.length > 0) yield block;
    }
    const wrong = this.#decoder.end();
    if (wrong !== null) throw new FileFault('encoding', path, null, wrong);
    if (first) throw new FileFault('empty', path, null, 'the file has no content. Export it again.');
  }

  async #decode(raw: Buffer, first: boolean): Promise<Buffer> {
    const decoded = this.#decoder.decode(raw, first);
    if (!isEncodingFault(decoded)) return decoded;
    const line = (await this.#lineAt(this.#passed)) + decoded.lineInBlock;
    throw new FileFault('encoding', this.#options.path, line, decoded.what);
  }

  /** Decompressed content, cut after line feeds; only the last block may end without one. */
  async *#wholeLines(): AsyncGenerator<Buffer> {
    let open: Buffer[] = [];
    let openBytes = 0;
    for await (const piece of this.#pieces()) {
      const end = piece.lastIndexOf(LINE_FEED) + 1;
      const firstEnd = end === 0 ? piece.length : piece.indexOf(LINE_FEED);
      if (openBytes + firstEnd > MAX_RECORD_BYTES)
        throw await this.#tooLong([...open, piece.subarray(0, Math.max(0, firstEnd - 1))]);
      if (end === 0) {
        open.push(piece);
        openBytes += piece.length;
        continue;
      }
      // The line that began in an earlier piece is completed in a small block of its own; the bulk is passed on uncopied.
      const start = openBytes > 0 ? firstEnd + 1 : 0;
      if (openBytes > 0) yield Buffer.concat([...open, piece.subarray(0, start)]);
      if (end > start) yield piece.subarray(start, end);
      open = end < piece.length ? [piece.subarray(end)] : [];
      openBytes = piece.length - end;
    }
    const last = Buffer.concat(open);
    const rest = withoutEndMark(last);
    this.lacksLineEnd = rest.length > 0 && rest.length === last.length && rest.at(-1) !== CARRIAGE_RETURN;
    if (rest.length > 0) yield rest;
  }

  async *#pieces(): AsyncGenerator<Buffer> {
    const { path } = this.#options;
    this.#compression = await detectCompression(path);
    for await (const chunk of this.#content(readChecked(this.#options))) {
      for (let at = 0; at < chunk.length; at += MAX_PIECE) yield chunk.subarray(at, at + MAX_PIECE);
    }
  }

  /** Decompressed, and in an encoding in which the byte of a line feed is nothing else. */
  async *#content(raw: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
    const { path, encoding } = this.#options;
    const content = notForeign(path, this.#compression, decompress(path, raw, this.#compression));
    yield* encoding === 'utf-16' ? fromUtf16(path, content) : content;
  }

  async #tooLong(pieces: readonly Buffer[]): Promise<FileFault> {
    const line = await this.#lineAt(this.#passed);
    if (pieces.some((piece) => piece.includes(CARRIAGE_RETURN))) {
      const returns = `the line is longer than ${MAX_RECORD_BYTES / 1e6} MB and holds carriage returns alone. ${LINE_FEEDS}.`;
      return new FileFault('line-ends', this.#options.path, line, returns);
    }
    const what = `the line is longer than ${MAX_RECORD_BYTES / 1e6} MB. Is it text of the declared format, with line feeds?`;
    return new FileFault('field-too-long', this.#options.path, line, what);
  }

  /**
   * The number of the line that begins at an offset of the decompressed content. Reads the file again, because counting
   * lines is the one thing that has no native search, and only a file that is refused anyway needs it.
   */
  async #lineAt(offset: number): Promise<number> {
    let line = 1;
    let left = offset;
    for await (const chunk of this.#content(readRaw(this.#options.path))) {
      const part = chunk.subarray(0, left);
      for (let at = part.indexOf(LINE_FEED); at >= 0; at = part.indexOf(LINE_FEED, at + 1)) line += 1;
      left -= part.length;
      if (left <= 0) break;
    }
    return line;
  }
}

/** @throws FileFault `unreadable` where what lies under a compression is no text */
async function* notForeign(
  path: string,
  compression: Compression,
  content: AsyncGenerator<Buffer>,
): AsyncGenerator<Buffer> {
  let first = true;
  for await (const chunk of content) {
    const foreign = first ? foreignWithin(compression, chunk) : null;
    if (foreign !== null) throw new FileFault('unreadable', path, null, foreign);
    first = false;
    yield chunk;
  }
}

function withoutEndMark(line: Buffer): Buffer {
  let end = line.length;
  while (end > 0 && line[end - 1] === END_OF_FILE) end -= 1;
  return line.subarray(0, end);
}
