import { EngineError, MutexHeldError, MutexLostError, TablesLostError } from '@beltline/sql/clickhouse';
import { ClickHouseError, EngineBusyError, EngineDamagedError } from '@beltline/sql/engine';
import { DemoRefusal } from '../demo/index.ts';
import { isOfFullDisk } from '../jobs/load/disk-space.ts';
import {
  BuiltOnDamageError,
  DamagedStoreError,
  EXIT_CODES,
  InterruptedError,
  LoadBusyError,
  LoadRefusedError,
  UsageError,
} from '../jobs/load/load-error.ts';
import { isStoredDamage } from '../jobs/load/stored-damage.ts';
import { FileFault } from '../files/index.ts';
import { SourceFault } from '../source/index.ts';
import { EngineStartError } from './engine-access.ts';
import { isOfNetwork } from './lost-connection.ts';

type Class = abstract new (...parameters: never[]) => Error;

const DAMAGED: readonly Class[] = [
  BuiltOnDamageError,
  DamagedStoreError,
  TablesLostError,
  EngineDamagedError,
];
const REFUSED: readonly Class[] = [LoadRefusedError, FileFault];
const USAGE: readonly Class[] = [UsageError, SourceFault, DemoRefusal];
/** What is in the way of the engine, and says so. */
const IN_THE_WAY: readonly Class[] = [
  EngineStartError,
  EngineBusyError,
  MutexHeldError,
  MutexLostError,
  LoadBusyError,
];
const ENGINE: readonly Class[] = [...IN_THE_WAY, EngineError, ClickHouseError];

const isOf = (error: unknown, classes: readonly Class[]): boolean =>
  classes.some((one) => error instanceof one);

/** Whether the message says by itself what is wrong with the engine. */
export const isWorded = (error: unknown): boolean => isOf(error, IN_THE_WAY);

/** Whether the message names damage with what mends it. */
export const saysWhatMends = (error: unknown): boolean => isOf(error, DAMAGED);

/** The code under which the program ends for an error. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof InterruptedError) return EXIT_CODES.interrupted;
  if (isOfFullDisk(error)) return EXIT_CODES.unexpected;
  if (isOf(error, DAMAGED)) return EXIT_CODES.damaged;
  if (isOf(error, REFUSED)) return EXIT_CODES.refused;
  if (isOf(error, USAGE)) return EXIT_CODES.usage;
  if (isStoredDamage(error)) return EXIT_CODES.damaged;
  return isOfEngine(error) || isOfNetwork(error) ? EXIT_CODES.engine : EXIT_CODES.unexpected;
}

function isOfEngine(error: unknown): boolean {
  return error instanceof Error && (isOf(error, ENGINE) || isOfEngine(error.cause));
}
