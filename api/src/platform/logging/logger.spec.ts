import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { QueryFailedError } from 'typeorm';
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

it('tells which query failed, and not what it was asked with', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'beltline log '));
  const file = openSync(join(folder, 'log'), 'w');
  const failed = Object.assign(new Error('new row violates check'), {
    detail: 'Failing row contains (a-digest).',
    where: 'unnamed portal parameter $1 = a-digest',
  });
  const err = new QueryFailedError('UPDATE users SET password_hash = $1', ['a-digest'], failed);
  createLogger({ LOG_LEVEL: 'info' }, file).error({ err }, 'failed');
  let text = '';
  for (let tries = 0; text === '' && tries < 100; tries++) {
    await sleep(10);
    text = readFileSync(join(folder, 'log'), 'utf8');
  }
  expect(text).toContain('UPDATE users SET password_hash = $1');
  expect(text).toContain('new row violates check');
  expect(text).not.toContain('a-digest');
  closeSync(file);
  rmSync(folder, { recursive: true });
});
