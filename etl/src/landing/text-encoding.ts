/**
 * Encodings are proven and not guessed: a file is refused where its bytes are not what the source says they are. Blocks
 * are whole lines, which is safe before decoding too: in UTF-8, GB18030 and Big5 the byte of a line feed is nothing else.
 * UTF-16 is UTF-8 by then (utf16.ts).
 */
import { isAscii, isUtf8 } from 'node:buffer';
import { FileFault } from '../files/file-fault.ts';
import type { TextEncoding } from '../source/definition.ts';

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

/** Whether the first bytes say UTF-16. @throws FileFault where they say UTF-32. */
export function hasUtf16Mark(path: string, start: Buffer): boolean {
  const mark = start.toString('hex', 0, 4);
  if (mark === 'fffe0000' || mark === '0000feff')
    throw new FileFault(
      'encoding',
      path,
      1,
      'the file is UTF-32 by its byte order mark. Export it as UTF-8.',
    );
  return mark.startsWith('fffe') || mark.startsWith('feff');
}

/** @throws FileFault where the first bytes say UTF-16, which is another encoding than was declared, or UTF-32. */
export function refuseUtf16(path: string, start: Buffer): void {
  const remedy =
    'Set "encoding: utf-16" for the table in source.yaml, or export it as UTF-8 (in Excel: "CSV UTF-8").';
  if (hasUtf16Mark(path, start))
    throw new FileFault('encoding', path, 1, `the file is UTF-16 by its byte order mark. ${remedy}`);
}

export function blockDecoder(encoding: TextEncoding): BlockDecoder {
  return encoding === 'gb18030' || encoding === 'big5' ? multiByteDecoder(encoding) : utf8Decoder();
}

const NAMES = { gb18030: 'GB18030', big5: 'Big5' } as const;
type MultiByte = keyof typeof NAMES;

function utf8Decoder(): BlockDecoder {
  return {
    decode: (block, isFirst) => {
      if (!isUtf8(block)) {
        const [lineInBlock, line] = firstLine(block, (bytes) => !isUtf8(bytes));
        const decoded = decode('gb18030', line);
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
 * Whole UTF-8 with characters of three bytes and more (as Chinese has) that claims to be GB18030 or Big5 is refused: it may decode
 * without an error and come out as other, wrong characters. Two-byte sequences alone prove nothing, because many pairs
 * of real GB18030 are valid as such.
 */
function multiByteDecoder(encoding: MultiByte): BlockDecoder {
  const name = NAMES[encoding];
  let allUtf8 = true;
  let wide = false;
  const isReallyUtf8 = () =>
    allUtf8 && wide
      ? `the source says ${name}, but the file is valid UTF-8. Remove "encoding: ${encoding}" of the table in source.yaml.`
      : null;
  return {
    decode: (block, isFirst) => {
      allUtf8 &&= isUtf8(block);
      wide ||= allUtf8 && !isAscii(block) && /[\u0800-\u{10ffff}]/u.test(block.toString('utf8'));
      const text = decode(encoding, block);
      if (text === null) {
        const [lineInBlock] = firstLine(block, (bytes) => decode(encoding, bytes) === null);
        const what = `the bytes of this line are not valid ${name}. Check "encoding" of the table in source.yaml.`;
        return { lineInBlock, what: isReallyUtf8() ?? what };
      }
      return Buffer.from(isFirst && text.startsWith('\ufeff') ? text.slice(1) : text, 'utf8');
    },
    end: isReallyUtf8,
  };
}

/** What a decoder gives for bytes that Big5 has no character for: each maker of fonts has another there. */
const OF_NO_STANDARD = /[\x80-\x9f\ue000-\uf8ff]/;

function decode(encoding: MultiByte, bytes: Buffer): string | null {
  try {
    const text = new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
    return encoding === 'big5' && OF_NO_STANDARD.test(text) ? null : text;
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
