/** The queue of releases: a month that was not made, because fewer were to be released by then, is made once it is wanted again. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ReleaseQueue } from '@beltline/api/releases/release-queue.service.js';
import { openPostgres } from '@beltline/sql/postgres';

type Of = ConstructorParameters<typeof ReleaseQueue>;
const MONTH = '2024-03';

test('a job that was skipped is sent again by a program that wants its month', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'beltline queue '));
  const { dataSource, close } = await openPostgres({ dataDir });
  try {
    const vintage = { source: 's', dataVersion: 1, publishedAt: '2024-04-01T00:00:00.000Z', loaded: {} };
    const vintages = { all: () => Promise.resolve([vintage]), of: () => Promise.resolve(vintage) };
    const releases = { published: () => Promise.resolve([]), refused: () => Promise.resolve([]) };
    const made: string[] = [];
    /** A program that is started; what it wants may be fewer months when it comes to the job. */
    const queueThat = (wanted: () => string[]) => {
      const maker = {
        ...{ wanted, references: () => [] },
        make: (_: unknown, month: string) => {
          made.push(month);
          return Promise.resolve({ published: true, report: {} });
        },
      };
      const config = { BELTLINE_RELEASE_MONTHS: 1 };
      const logger = { warn: (...said: unknown[]) => expect(said).toEqual([]), error: () => undefined };
      return new ReleaseQueue(...([dataSource, config, vintages, maker, releases, logger] as unknown as Of));
    };
    const until = async (is: () => boolean) => {
      for (let tries = 0; !is(); tries++) {
        if (tries > 600) throw new Error('it does not come to it');
        await sleep(50);
      }
    };
    let asked = 0;
    // Sent, and not wanted any more when its turn has come; nor is it sent again.
    const fewer = queueThat(() => (asked++ === 0 ? [MONTH] : []));
    fewer.start();
    await until(() => asked >= 2);
    await fewer.onModuleDestroy();
    expect(made).toEqual([]);
    const more = queueThat(() => [MONTH]);
    more.start();
    await until(() => made.length > 0);
    await more.onModuleDestroy();
    expect(made).toEqual([MONTH]);
  } finally {
    await close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}, 60_000);
