/**
 * The parts of an Excel workbook (.xlsx), which is a ZIP archive of XML. Parts are unpacked as they are read, within limits, so that an archive
 * that was made to burst takes neither memory nor disk; sizes and checksums are those that the archive says.
 */
import { promisify } from 'node:util';
import { crc32 } from 'node:zlib';
import { type Entry, open, type ZipFile } from 'yauzl';
import { FileFault } from '../files/index.ts';

/** What a workbook may hold; an honest one stays far below. */
export const LIMITS = {
  entries: 10_000,
  /** Of a sheet, bytes of XML: some 25 million cells. */
  sheet: 2_000_000_000,
  /** Of the texts that cells share, bytes of XML; they are kept in memory. */
  texts: 300_000_000,
  /** Of any other part. */
  part: 50_000_000,
  /** How many times its packed size a part may come to, beyond the first 50 MB. */
  ratio: 200,
  /** Bytes without the beginning of a tag: a cell holds at most 32,767 characters. */
  text: 1_000_000,
} as const;

export interface Workbook {
  /** The XML of a part, piece by piece; null where there is none of this name. @throws FileFault beyond its limit, and where it is damaged. */
  part(name: string, limit: number): AsyncGenerator<string> | null;
  close(): void;
}

const openZip = promisify<string, { lazyEntries: true; autoClose: false; validateEntrySizes: true }, ZipFile>(
  open,
);

/** Opens a workbook. @throws FileFault where it is no archive, or holds too many files. */
export async function openWorkbook(path: string): Promise<Workbook> {
  const zip = await openZip(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true }).catch(
    (error: unknown) => {
      throw damaged(path, error);
    },
  );
  try {
    const entries = await entriesOf(path, zip);
    return {
      part: (name, limit) => {
        const entry = entries.get(name.toLowerCase());
        return entry === undefined ? null : read(path, zip, entry, limit);
      },
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function entriesOf(path: string, zip: ZipFile): Promise<Map<string, Entry>> {
  if (zip.entryCount > LIMITS.entries)
    throw new FileFault(
      'unreadable',
      path,
      null,
      `the workbook holds ${zip.entryCount} files, and at most ${LIMITS.entries} are read.`,
    );
  const entries = new Map<string, Entry>();
  await new Promise<void>((resolve, reject) => {
    zip.on('entry', (entry: Entry) => {
      entries.set(entry.fileName.toLowerCase(), entry);
      zip.readEntry();
    });
    zip.on('end', resolve);
    zip.on('error', reject);
    zip.readEntry();
  }).catch((error: unknown) => {
    throw damaged(path, error);
  });
  return entries;
}

async function* read(path: string, zip: ZipFile, entry: Entry, limit: number): AsyncGenerator<string> {
  const { fileName, compressedSize, uncompressedSize } = entry;
  const most = Math.min(limit, LIMITS.part + compressedSize * LIMITS.ratio);
  if (entry.isEncrypted())
    throw new FileFault('unreadable', path, null, 'the workbook is encrypted. Save it without a password.');
  if (uncompressedSize > most) throw tooLarge(path, fileName, uncompressedSize, most);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let bytes = 0;
  let checksum = 0;
  let untagged = 0;
  try {
    const stream = await promisify<Entry, NodeJS.ReadableStream>(zip.openReadStream.bind(zip))(entry);
    for await (const piece of stream) {
      const chunk = piece as Buffer;
      bytes += chunk.length;
      if (bytes > most) throw tooLarge(path, fileName, bytes, most);
      checksum = crc32(chunk, checksum);
      const tag = chunk.lastIndexOf(0x3c);
      untagged = tag < 0 ? untagged + chunk.length : chunk.length - tag;
      if (untagged > LIMITS.text)
        throw new FileFault(
          'field-too-long',
          path,
          null,
          `${fileName} holds a text of more than ${LIMITS.text / 1e6} MB.`,
        );
      yield decoder.decode(chunk, { stream: true });
    }
    yield decoder.decode();
  } catch (error) {
    if (error instanceof FileFault) throw error;
    throw damaged(path, error);
  }
  if (checksum !== entry.crc32) throw damaged(path, new Error(`the checksum of ${fileName} is another`));
}

const tooLarge = (path: string, part: string, bytes: number, most: number): FileFault =>
  new FileFault(
    'unreadable',
    path,
    null,
    `${part} comes to ${megabytes(bytes)} when it is unpacked, and at most ${megabytes(most)} are read. Export it as CSV, or in several files.`,
  );

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1e6)} MB`;

/** @returns the fault of a file that is no workbook, or was cut off or altered. */
export const damaged = (path: string, cause: unknown): FileFault =>
  new FileFault(
    'truncated',
    path,
    null,
    `this is no Excel workbook (.xlsx), or it was cut off or damaged (${cause instanceof Error ? cause.message : String(cause)}). Save it again.`,
    { cause },
  );
