import type { Settings } from '@beltline/sql/settings';

/** What a command is given of the process that it runs in. */
export interface CommandContext {
  readonly settings: Settings;
  /** Folder that relative paths start from: where the person stands, also when npm runs the program. */
  readonly folder: string;
  /** Aborts at Ctrl-C, at SIGTERM, and when the parent that listens goes away. */
  readonly signal: AbortSignal;
  readonly print: (text: string) => void;
  readonly complain: (text: string) => void;
}
