import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Another database that holds the same lines and answers the same questions. */
export interface Peer {
  readonly name: string;
  /** Seconds that each step of filling it took. */
  readonly filled: readonly { readonly step: string; readonly seconds: number }[];
  /** Rows in the order of the statement's columns. */
  ask(sql: string, parameters: readonly string[]): Promise<readonly (readonly unknown[])[]>;
  close(): Promise<void>;
}

/** One statement longer than this ends the benchmark. */
export const STATEMENT_MS = 120_000;

const folder = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'bench', 'peers');

/** A statement of this folder, by its name without `.sql`. */
export const peerSql = (name: string): string => readFileSync(join(folder, `${name}.sql`), 'utf8');

/** Runs the steps one after the other and says how long each took. */
export async function timedSteps(
  steps: Readonly<Record<string, () => Promise<void>>>,
): Promise<{ step: string; seconds: number }[]> {
  const filled: { step: string; seconds: number }[] = [];
  for (const [step, run] of Object.entries(steps)) {
    const started = performance.now();
    await run();
    filled.push({ step, seconds: (performance.now() - started) / 1000 });
  }
  return filled;
}
