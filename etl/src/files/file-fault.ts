import { shownPath } from './shown-path.ts';

/** What can make a whole file unusable; a fault of a single record is a row in `landing_faults` instead. */
export type FileFaultRule =
  | 'missing'
  | 'empty'
  | 'header'
  | 'encoding'
  | 'truncated'
  | 'open-quote'
  | 'field-too-long'
  | 'line-ends'
  | 'unreadable'
  | 'changed'
  | 'assignment';

/**
 * A file cannot be used, so the load as a whole must not go on. The message is a sentence for a person: it names the
 * file, the line where there is one, and what to do.
 */
export class FileFault extends Error {
  override readonly name = 'FileFault';
  constructor(
    readonly rule: FileFaultRule,
    readonly file: string,
    readonly line: number | null,
    readonly what: string,
    options?: ErrorOptions,
  ) {
    super(`${shownPath(file)}${line === null ? '' : `, line ${line}`}: ${what}`, options);
  }
}
