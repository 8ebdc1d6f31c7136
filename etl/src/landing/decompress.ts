/**
 * Compression is told by the first bytes of a file and not by its name, because names lie; a name that promises
 * compression where there is none is a fault, because then the export went wrong.
 */
import { open } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { ClickHouseClient } from '@beltline/sql/engine';
import { Decompress } from 'fzstd';
import { FileFault } from '../files/file-fault.ts';
import { asFileFault, fileSize, readRaw } from '../files/raw-file.ts';
import { type Compression, compressionOf, foreignContent, TELLING_BYTES } from './foreign-content.ts';
import { sendFile } from './send-file.ts';
import { landingSql } from './statements.ts';

const SUFFIXES: readonly (readonly [RegExp, Compression])[] = [
  [/\.gz$/i, 'gzip'],
  [/\.zst$/i, 'zstd'],
];

/**
 * How a file is compressed, by its first bytes.
 * @throws FileFault where its name promises a compression that it does not have, or where it is no text at all.
 */
export async function detectCompression(path: string): Promise<Compression> {
  const start = await firstBytes(path, TELLING_BYTES);
  const promised = SUFFIXES.find(([suffix]) => suffix.test(path))?.[1] ?? 'none';
  const found = compressionOf(start);
  if (promised !== 'none' && found !== promised) {
    const what = found === 'none' ? `is not compressed by ${promised}` : `is compressed by ${found}`;
    throw new FileFault(
      'unreadable',
      path,
      null,
      `by its name the file is ${promised}, but its content ${what}. Rename or export it again.`,
    );
  }
  const foreign = foreignContent(start);
  if (foreign !== null) throw new FileFault('unreadable', path, null, `the file is ${foreign}.`);
  return found;
}

async function firstBytes(path: string, count: number): Promise<Buffer> {
  await fileSize(path); // to open a pipe is to wait for who writes into it, and no signal ends that
  const file = await open(path).catch((error: unknown) => {
    throw asFileFault(path, error);
  });
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(count), 0, count, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/**
 * The content of a file from its bytes on disk.
 * @throws FileFault `truncated` where the compressed data is cut off, damaged, or followed by something else.
 */
export async function* decompress(
  path: string,
  raw: AsyncGenerator<Buffer>,
  compression: Compression,
): AsyncGenerator<Buffer> {
  if (compression === 'gzip') yield* gunzip(path, raw);
  else if (compression === 'zstd') yield* unzstd(path, raw);
  else yield* raw;
}

async function* gunzip(path: string, raw: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  let received = 0;
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const chunk of raw) {
      received += chunk.length;
      yield chunk;
    }
  }
  const engine = createGunzip({ chunkSize: 1 << 18 });
  pipeline(Readable.from(counted(), { objectMode: false, highWaterMark: 1 }), engine, () => undefined); // its errors come out of `engine`
  try {
    yield* engine as AsyncIterable<Buffer>;
  } catch (error) {
    throw /^Z_/.test(String((error as NodeJS.ErrnoException).code)) ? damaged(path, 'gzip', error) : error;
  }
  // zlib takes what follows a member and is no member for padding and drops it; a whole second member could go that way.
  if (engine.bytesWritten !== received)
    throw damaged(path, 'gzip', new Error('the data is followed by something that is not gzip'));
}

/** Bytes of compressed data given to the decoder at a time: one such piece can expand a thousandfold at once. */
const ZSTD_PIECE = 1 << 13;

async function* unzstd(path: string, raw: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  let ready: Buffer[] = [];
  const engine = new Decompress((data) => {
    if (data.length > 0) ready.push(Buffer.from(data.buffer, data.byteOffset, data.length));
  });
  const push = (piece: Uint8Array, last: boolean): Buffer[] => {
    try {
      engine.push(piece, last);
    } catch (error) {
      throw damaged(path, 'zstd', error);
    }
    const out = ready;
    ready = [];
    return out;
  };
  for await (const chunk of raw) {
    for (let at = 0; at < chunk.length; at += ZSTD_PIECE)
      yield* push(chunk.subarray(at, at + ZSTD_PIECE), false);
  }
  yield* push(new Uint8Array(0), true);
}

/** The fault of compressed data that cannot be taken apart. */
export function damaged(path: string, compression: Compression, cause: unknown): FileFault {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new FileFault(
    'truncated',
    path,
    null,
    `the ${compression} data is cut off or damaged (${reason}). Transfer or export the file again.`,
    { cause },
  );
}

/**
 * Has the engine check the checksums of a zstd file, which the decoder used here reads over. Costs one fast pass, in
 * which nothing is stored. Frames written without a checksum cannot be checked by anyone.
 * @throws FileFault `truncated` where the content is not what was compressed.
 */
export async function verifyChecksums(
  client: ClickHouseClient,
  path: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  if ((await detectCompression(path)) !== 'zstd') return;
  const statement = {
    query: landingSql('check-zstd'),
    settings: { async_insert: 0, input_format_max_block_size_bytes: '33554432' },
    headers: { 'Content-Encoding': 'zstd' },
  } as const;
  try {
    await sendFile(
      client,
      statement,
      Readable.from(readRaw(path), { objectMode: false, highWaterMark: 1 }),
      signal,
    );
  } catch (error) {
    throw /ZSTD/i.test(String(error)) ? damaged(path, 'zstd', error) : error;
  }
}
