import { setTimeout as sleep } from 'node:timers/promises';
import { migrateClickHouse, topologyOf } from '@beltline/sql/clickhouse';
import {
  type Engine,
  EngineBusyError,
  EngineDamagedError,
  type EngineLocation,
  engineLocation,
  openEngine,
} from '@beltline/sql/engine';
import type { Settings } from '@beltline/sql/settings';
import type { CommandContext } from './command-context.ts';
import { hasLost } from './lost-connection.ts';

/** The engine cannot be started, for whatever reason. */
export class EngineStartError extends Error {
  override readonly name = 'EngineStartError';
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** `load`: for what takes the lock on loads. `look`: for what takes a moment, also beside a load. */
export interface EngineUse {
  readonly as: 'load' | 'look';
  /** Whether to wait for a load that runs with an engine of its own. */
  readonly waits?: boolean;
}

/** How often a look is taken: each load that ends meanwhile takes its engine along. */
const LOOKS = 5;
const BETWEEN_LOOKS_MS = 250;

/**
 * Reaches the engine (the running product's, or one of its own), brings the schema up to date, and closes what it opened. A
 * look that loses the engine of another process begins anew with the one that is right then: its work says nothing before its end.
 */
export async function withEngine<T>(
  context: CommandContext,
  use: EngineUse,
  work: (engine: Engine) => Promise<T>,
): Promise<T> {
  const { settings, signal } = context;
  const location = engineLocation(settings);
  const complain = once(context.complain);
  for (let looks = 1; ; looks++) {
    const engine = await reach(location, use, complain, signal);
    try {
      await migrate(engine, settings, complain);
      return await work(engine);
    } catch (error) {
      const isLast = use.as !== 'look' || looks === LOOKS || signal.aborted;
      if (isLast || !(await hasLost(engine, error))) throw error;
    } finally {
      await engine.close();
    }
    await sleep(BETWEEN_LOOKS_MS, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}

/** Says each thing once. */
function once(say: (text: string) => void): (text: string) => void {
  const said = new Set<string>();
  return (text) => {
    if (!said.has(text)) say(text);
    said.add(text);
  };
}

async function reach(
  location: EngineLocation,
  { as, waits = true }: EngineUse,
  complain: (text: string) => void,
  signal: AbortSignal,
): Promise<Engine> {
  return openEngine(location, {
    as,
    waitsForLoads: waits,
    onWait: complain,
    onHeal: complain,
    signal,
  }).catch((error: unknown) => {
    const speaksForItself = error instanceof EngineBusyError || error instanceof EngineDamagedError;
    throw speaksForItself || signal.aborted ? error : new EngineStartError(error);
  });
}

async function migrate(engine: Engine, settings: Settings, complain: (text: string) => void): Promise<void> {
  const client = engine.client('loader', 'default');
  try {
    const { descriptions, place } = engine;
    await migrateClickHouse(client, {
      topology: topologyOf(settings),
      onNews: complain,
      descriptions,
      place,
    });
  } finally {
    await client.close();
  }
}
