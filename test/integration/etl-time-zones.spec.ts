/** A source may name any time zone that the engine is right about; of others local times would be counted on other days. */
import { checkSource } from '@beltline/etl/load';
import { disputedDays } from './etl-time-zones-kit.ts';
import { type Bench, goldenSource, openBench, sourceOf, startCommand } from './etl-harness.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const LOOKUPS = ['belts', 'merchants', 'memberships'].map((name) => `data/${name}.csv`);

function inZone(zone: string) {
  const id = zone.toLowerCase().replaceAll(/[^a-z]/g, '-');
  const folder = goldenSource(bench, id, {
    'source.yaml': (text) => text.replace('timeZone: Asia/Shanghai', `timeZone: ${zone}`),
  });
  const files = [...LOOKUPS, 'data/orders-1.csv'].map((name) => `${folder}/${name}`);
  const run = (...args: string[]) => startCommand(bench.dataDir, ['--source-folder', folder, ...args]).done;
  return {
    checkHere: () => checkSource(bench.engine, sourceOf(folder)),
    check: () => run('check', id),
    load: () => run('load', id, '--quiet', '--files', ...files),
  };
}

it.each(['Asia/Shanghai', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Kiritimati'])(
  'takes %s',
  async (zone) => {
    await inZone(zone).checkHere();
  },
);

// Node knows names in any capitals, and zones that are newer than the engine.
it.each(['timeZone', 'businessTimeZone'])('refuses a %s that the engine does not know', async (key) => {
  const folder = goldenSource(bench, `unknown-${key.toLowerCase()}`, {
    'source.yaml': (text) => text.replace(new RegExp(`^${key}: .*$`, 'm'), `${key}: asia/kolkata`),
  });
  await expect(checkSource(bench.engine, sourceOf(folder))).rejects.toThrow(
    `${key}: the engine has no time zone asia/kolkata`,
  );
});

const refusal = (zone: string) => `the engine's table of ${zone} is wrong`;

it.each(['Antarctica/Casey', 'Pacific/Apia'])('refuses %s', async (zone) => {
  await expect(inZone(zone).checkHere()).rejects.toThrow(refusal(zone));
});

it('refuses one at the command line too, before and when it is loaded', async () => {
  const zone = 'Pacific/Apia';
  const refused = { code: 1, output: expect.stringContaining(refusal(zone)) };
  const { check, load } = inZone(zone);
  expect(await check()).toMatchObject(refused);
  expect(await load()).toMatchObject(refused);
});

// The engine cuts days for all: where its table is wrong, nobody who asks it sees another day. docs/sources.md names the zones.
describe('days of a businessTimeZone', () => {
  it.each([
    ['America/St_Johns', 11],
    ['America/Moncton', 7],
    ['Antarctica/Casey', 1],
    ['Asia/Shanghai', 0],
    ['Pacific/Apia', 0],
  ])('%s: those of 2000 to 2010 that the engine cuts otherwise than IANA are %i', async (zone, count) => {
    expect(await disputedDays(bench.client, zone, [2000, 2011])).toHaveLength(count);
  });

  // All of them: etl-time-zones.long.spec.ts.
  it.each([
    'America/St_Johns',
    'Antarctica/Casey',
    'America/New_York',
    'Australia/Lord_Howe',
    'Pacific/Apia',
  ])('%s: from 2011 on they are those of IANA', async (zone) => {
    expect(await disputedDays(bench.client, zone, [2011, 2040])).toEqual([]);
  });
});
