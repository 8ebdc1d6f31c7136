/** What a connection that broke looks like. Errors of the network have no class of their own, and those of the client in part not even a code. */
import { ClickHouseError, type Engine } from '@beltline/sql/engine';

const NETWORK = /^(ECONN|EHOST|ENET|ETIMEDOUT|EPIPE|ENOTFOUND|EAI_AGAIN)/;
const CUT_OFF = /^(Timeout error|socket hang up)/;

/** Whether an error, or what caused it, is one of the network. */
export function isOfNetwork(error: unknown): boolean {
  return hasCause(
    error,
    (one) => CUT_OFF.test(one.message) || NETWORK.test(String((one as NodeJS.ErrnoException).code ?? '')),
  );
}

/** Whether an error is that the engine, which another process ends, is gone or about to go: one on its way out still answers in words. */
export async function hasLost(engine: Engine, error: unknown): Promise<boolean> {
  if (engine.owned || engine.kind === 'remote') return false;
  if (isOfNetwork(error)) return true;
  return hasCause(error, (one) => one instanceof ClickHouseError) && !(await engine.answers(2_000));
}

function hasCause(error: unknown, is: (one: Error) => boolean): boolean {
  return error instanceof Error && (is(error) || hasCause(error.cause, is));
}
