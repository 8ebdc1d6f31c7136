import { readFileSync, statSync } from 'node:fs';
import { kindOf } from '../files/raw-file.ts';

/**
 * The text of a file that a person writes. One that is no file is not opened: a named pipe would keep the program waiting,
 * and a device would fill the memory.
 * @throws Error whose message says, as the end of a sentence, what is wrong.
 */
export function readSmallText(path: string, mostBytes: number): string {
  const stat = statSync(path);
  if (!stat.isFile()) throw new Error(`it is ${kindOf(stat)}, not a file`);
  if (stat.size > mostBytes)
    throw new Error(`it is ${stat.size} bytes long, and ${mostBytes} are the most that is read`);
  const bytes = readFileSync(path);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new Error('it is not UTF-8', { cause });
  }
}
