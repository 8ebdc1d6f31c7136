import { type FileHandle, open } from 'node:fs/promises';
import { LONGEST_ROW, RowWriter } from './row-writer.ts';

const CHUNK_BYTES = 4 * 1024 * 1024;

/**
 * A file written in chunks of 4 MB from two buffers in turn: one is filled while the other is on its way to the
 * disk, so memory stays flat and the next chunk waits when the disk is slower (back-pressure).
 */
export class ChunkedFile {
  rows: RowWriter;
  bytes = 0;
  private idle: RowWriter;
  private writing: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly handle: FileHandle,
    buffers: readonly [RowWriter, RowWriter],
  ) {
    [this.rows, this.idle] = buffers;
  }

  /** The buffers go from one file to the next. */
  static async create(
    path: string,
    header: string,
    buffers: readonly [RowWriter, RowWriter],
  ): Promise<ChunkedFile> {
    const file = new ChunkedFile(await open(path, 'wx', 0o600), buffers);
    file.rows.length = file.rows.bytes.write(header + '\n', 0, 'utf8');
    return file;
  }

  static buffers(): [RowWriter, RowWriter] {
    const room = CHUNK_BYTES + 16 * LONGEST_ROW;
    return [new RowWriter(room), new RowWriter(room)];
  }

  get full(): boolean {
    return this.rows.length >= CHUNK_BYTES;
  }

  /** Hands the filled buffer over and takes the other one; waits while that is still being written. */
  async flush(): Promise<void> {
    await this.writing;
    const filled = this.rows;
    this.rows = this.idle;
    this.idle = filled;
    this.rows.length = 0;
    this.bytes += filled.length;
    this.writing = this.writeAll(filled);
    // The error surfaces at the next await; until then it must not count as unhandled.
    this.writing.catch(() => undefined);
  }

  /** Writes what is left and closes; always closes. */
  async close(): Promise<void> {
    try {
      await this.flush();
      await this.writing;
    } finally {
      await this.handle.close();
    }
  }

  /** Closes without writing, after an error. */
  async abandon(): Promise<void> {
    await this.writing.catch(() => undefined);
    await this.handle.close();
  }

  private async writeAll(filled: RowWriter): Promise<void> {
    let at = 0;
    while (at < filled.length) {
      const { bytesWritten } = await this.handle.write(filled.bytes, at, filled.length - at);
      at += bytesWritten;
    }
  }
}
