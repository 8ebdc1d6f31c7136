/** The engine on a disk that fills up, at every migration that changes a table, and with more or less space left. */
import { CHANGES, losesNoTable, onSmallDisk, startsAgain } from './full-disk.fixture.ts';

onSmallDisk('on a disk that fills up (skipped where no file system can be mounted)', () => {
  it.each(CHANGES)('loses no table where it fills up while migration %s changes one', losesNoTable);
  it.each([8, 18, 32, 100])('with %i KiB left, it starts again once there is space', startsAgain);
});
