import { ClickHouseError, NoRoomError } from '@beltline/sql/engine';
import { diskFull } from './disk-space.ts';
import { StatementError } from './load-session.ts';

const PLACE = 'the data directory /srv/beltline';
const engine = (message: string, code: string) => new ClickHouseError({ message, code });
const system = (path?: string) => Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', path });

it.each([
  ['the engine', engine('Cannot reserve 1.00 MiB, not enough space', '243')],
  [
    'the engine, within another error',
    engine('write failed: errno: 28, strerror: No space left on device', '75'),
  ],
  [
    'the engine, in a statement',
    new StatementError('land', engine('Cannot reserve 1.00 MiB, not enough space', '243')),
  ],
])('where %s says it, it is the disk of what the engine writes to', (_, error) => {
  expect(diskFull(error, 'Nothing was changed.', PLACE)?.message).toBe(
    `There is no space left on the disk of ${PLACE}. Nothing was changed.`,
  );
});

it('where the system names a path, it is the disk of that', () => {
  expect(diskFull(system('/mnt/out/orders.csv'), 'Nothing was changed.', PLACE)?.message).toBe(
    'There is no space left on the disk of /mnt/out/orders.csv. Nothing was changed.',
  );
});

it('what says for itself how much room there is keeps its figures', () => {
  const said = new NoRoomError('12 MB are free on the disk of /srv/beltline, and 33 MB are needed.');
  expect(diskFull(new Error('no start', { cause: said }), 'Nothing was changed.', PLACE)?.message).toBe(
    said.message,
  );
});

it('any other error is none of a full disk', () => {
  expect(diskFull(engine('Unknown table', '60'), '', PLACE)).toBeNull();
});
