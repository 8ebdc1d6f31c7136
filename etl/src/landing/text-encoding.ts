/**
 * Encodings are proven and not guessed: a file is refused where its bytes are not what the source says they are. Blocks
 * are whole lines, which is safe before decoding too: in UTF-8 and in GB18030 the byte of a line feed is nothing else.
 */
import { isAscii, isUtf8 } from 'node:buffer';
import { FileFault } from '../files/file-fault.ts';

const BOM = Buffer.from([0xef, 0xbb, 0xbf]);
const LINE_FEED = 10;

/** A line of a block whose bytes are not of the declared encoding: its place in the block, and what to do. */
export interface EncodingFault {
  readonly lineInBlock: number;
  readonly what: string;
}

/** Turns blocks of whole lines into UTF-8 without a byte order mark. */
export interface BlockDecoder {
  decode(block: Buffer, isFirst: boolean): Buffer | EncodingFault;
  /** What is wrong with the file as a whole once all of it has been seen. */
  end(): string | null;
}

export function isEncodingFault(result: Buffer | EncodingFault): result is EncodingFault {
  return !Buffer.isBuffer(result);
}

/** @throws FileFault where the first bytes say UTF-16. */
export function refuseUtf16(path: string, start: Buffer): void {
  const mark = start.subarray(0, 2).toString('hex');
  if (mark === 'fffe' || mark === 'feff') {
    const width = start.subarray(2, 4).toString('hex') === '0000' ? 32 : 16;
    throw new FileFault(
      'encoding',
      path,
      1,
      `the file is UTF-${width} by its byte order mark. Export it as UTF-8 (in Excel: "CSV UTF-8").`,
    );
  }
}

export function blockDecoder(encoding: 'utf-8' | 'gb18030'): BlockDecoder {
  return encoding === 'utf-8' ? utf8Decoder() : gb18030Decoder();
}

function utf8Decoder(): BlockDecoder {
  return {
    decode: (block, isFirst) => {
      if (!isUtf8(block)) {
        const [lineInBlock, line] = firstLine(block, (bytes) => !isUtf8(bytes));
        const decoded = decodeGb18030(line);
        const advice =
          decoded === null
            ? 'Export the file as UTF-8.'
            : `As GB18030 the line reads “${excerpt(decoded)}”; if that is right, set "encoding: gb18030" for the table in source.yaml.`;
        return { lineInBlock, what: `the bytes of this line are not valid UTF-8. ${advice}` };
      }
      return isFirst && block.subarray(0, 3).equals(BOM) ? block.subarray(3) : block;
    },
    end: () => null,
  };
}

/**
 * Whole UTF-8 with characters of three bytes and more (as Chinese has) that claims to be GB18030 is refused: it decodes
 * without an error and comes out as other, wrong characters. Two-byte sequences alone prove nothing, because many pairs
 * of real GB18030 are valid as such.
 */
function gb18030Decoder(): BlockDecoder {
  let allUtf8 = true;
  let wide = false;
  const isReallyUtf8 = () =>
    allUtf8 && wide
      ? 'the source says GB18030, but the file is valid UTF-8. Remove "encoding: gb18030" of the table in source.yaml.'
      : null;
  return {
    decode: (block, isFirst) => {
      allUtf8 &&= isUtf8(block);
      wide ||= allUtf8 && !isAscii(block) && /[\u0800-\u{10ffff}]/u.test(block.toString('utf8'));
      const text = decodeGb18030(block);
      if (text === null) {
        const [lineInBlock] = firstLine(block, (bytes) => decodeGb18030(bytes) === null);
        const what =
          'the bytes of this line are not valid GB18030. Check "encoding" of the table in source.yaml.';
        return { lineInBlock, what: isReallyUtf8() ?? what };
      }
      return Buffer.from(isFirst && text.startsWith('\ufeff') ? text.slice(1) : text, 'utf8');
    },
    end: isReallyUtf8,
  };
}

function decodeGb18030(bytes: Buffer): string | null {
  try {
    return new TextDecoder('gb18030', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** The first line of a block that is wrong, and its place, counted from 0. Only ever used on the way to a fault. */
function firstLine(block: Buffer, isWrong: (line: Buffer) => boolean): [number, Buffer] {
  let index = 0;
  for (let from = 0; ; index += 1) {
    const end = block.indexOf(LINE_FEED, from);
    const line = block.subarray(from, end < 0 ? block.length : end);
    if (end < 0 || isWrong(line)) return [index, line];
    from = end + 1;
  }
}

function excerpt(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
