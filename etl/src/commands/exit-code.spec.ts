import { MutexLostError } from '@beltline/sql/clickhouse';
import { ClickHouseError } from '@beltline/sql/engine';
import { DemoRefusal } from '../demo/index.ts';
import { InterruptedError, LoadRefusedError, UsageError } from '../jobs/load/load-error.ts';
import { StatementError } from '../jobs/load/load-session.ts';
import { FileFault } from '../files/index.ts';
import { SourceFault } from '../source/index.ts';
import { EngineStartError } from './engine-access.ts';
import { exitCodeOf } from './exit-code.ts';

const system = (code: string) => Object.assign(new Error(code), { code });

it.each<[error: unknown, code: number]>([
  [new LoadRefusedError('too many bad rows'), 1],
  [new FileFault('empty', 'orders.csv', null, 'it is empty.'), 1],
  [new UsageError('no such source'), 2],
  [new SourceFault('source.yaml: id is missing'), 2],
  [new DemoRefusal('not empty'), 2],
  [new EngineStartError(new Error('no library')), 3],
  [system('ECONNREFUSED'), 3],
  [new Error('Timeout error.'), 3],
  [new StatementError('land', new Error('lost', { cause: system('ECONNRESET') })), 3],
  [new MutexLostError('another load took its place'), 3],
  [new ClickHouseError({ message: 'wrong password', code: '516' }), 3],
  [system('ENOSPC'), 4],
  [
    new StatementError(
      'land',
      new ClickHouseError({ message: 'Cannot reserve 1.00 MiB, not enough space', code: '243' }),
    ),
    4,
  ],
  [new EngineStartError(system('ENOSPC')), 4],
  [system('ENOTDIR'), 4],
  [new RangeError('Maximum call stack size exceeded'), 4],
  [new TypeError('undefined is not a function'), 4],
  ['text', 4],
  [new InterruptedError('Ctrl-C'), 130],
])('%s ends with %i', (error, code) => {
  expect(exitCodeOf(error)).toBe(code);
});
