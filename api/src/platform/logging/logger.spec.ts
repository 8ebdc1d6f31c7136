import { closeSync, openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLogger, outputThatMayFail } from './logger.ts';

describe('a log on a disk that is full', () => {
  let full: number;
  beforeEach(() => {
    full = openSync('/dev/full', 'w');
  });
  afterEach(() => closeSync(full));

  it('ends nothing', async () => {
    const logger = createLogger({ LOG_LEVEL: 'info' }, full);
    for (let line = 0; line < 3; line++) {
      logger.info('cannot be written');
      await sleep(20); // the disk has answered
    }
    expect(logger.level).toBe('info');
  });

  it('holds nothing up when the process ends', async () => {
    const output = outputThatMayFail(full);
    output.write('cannot be written\n');
    await sleep(20);
    const begun = Date.now();
    output.flushSync();
    expect(Date.now() - begun).toBeLessThan(1000);
  });
});
