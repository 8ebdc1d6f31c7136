/**
 * The load that the product starts by itself: the demo orders on first run, or the completion of a load that was killed.
 * It is the ETL's own program in a process of its own, so that the API never imports the ETL and a load never blocks it.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isUnreadable, loadStatement } from '@beltline/sql/clickhouse';
import type { ClickHouseClient } from '@beltline/sql/engine';

export type LoaderTask = 'load-demo' | 'recover' | 'none';

/**
 * What is to be done before figures can be served: nothing published yet, or a load left unfinished. Nothing where that cannot
 * be read: what is damaged is compared and said, and is for a person to mend.
 */
export async function pendingTask(reader: ClickHouseClient): Promise<LoaderTask> {
  try {
    return await taskOf(reader);
  } catch (error) {
    if (isUnreadable(error)) return 'none';
    throw error;
  }
}

async function taskOf(reader: ClickHouseClient): Promise<LoaderTask> {
  const result = await reader.query({
    query: loadStatement('loader-task'),
    format: 'JSONEachRow',
  });
  const [row] = await result.json<{ published: string; committed: string; unfinished: string }>();
  // Versions that are gone are for the person to mend, who is told; the demo is not what was there.
  if (Number(row?.published) === 0 && Number(row?.committed) === 0) return 'load-demo';
  return Number(row?.unfinished) > 0 ? 'recover' : 'none';
}

export interface Loader {
  /** True while the program runs. */
  running(): boolean;
  /** Asks it to stop cleanly, and waits for its end. */
  stop(): Promise<void>;
}

export interface LoaderOptions {
  readonly root: string;
  readonly task: LoaderTask;
  /** The product's, which the ETL reads for itself. */
  readonly environment: NodeJS.ProcessEnv;
  readonly onEnd: (exitCode: number | null) => void;
}

/** @throws Error where the ETL has not been built beside the API. */
export function startLoader({ root, task, environment, onEnd }: LoaderOptions): Loader {
  if (task === 'none') return { running: () => false, stop: async () => undefined };
  const program = join(root, 'etl', 'dist', 'cli.js');
  if (!existsSync(program)) throw new Error(`${program} is missing; run npm run build.`);
  let ended = false;
  const command = task === 'load-demo' ? ['load', 'demo'] : ['recover'];
  const child: ChildProcess = spawn(process.execPath, [program, ...command], {
    // The channel is what ties its life to ours: it ends when the channel closes, also when we are killed.
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: environment,
  });
  const exit = new Promise<void>((resolve) => {
    const end = (code: number | null) => {
      if (ended) return;
      ended = true;
      onEnd(code);
      resolve();
    };
    // Not started at all (no memory, no process left), it never exits either.
    child.once('error', () => child.pid === undefined && end(null));
    child.once('exit', end);
  });
  return {
    running: () => !ended,
    stop: async () => {
      if (ended) return;
      child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), 8_000);
      await exit;
      clearTimeout(force);
    },
  };
}
