/** A source may name any time zone that the engine is right about; of others local times would be counted on other days. */
import { type Bench, goldenSource, openBench, startCommand } from './etl-harness.ts';

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
  return { check: () => run('check', id), load: () => run('load', id, '--quiet', '--files', ...files) };
}

it.each(['Asia/Shanghai', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Kiritimati'])(
  'takes %s',
  async (zone) => {
    expect(await inZone(zone).check()).toMatchObject({ code: 0 });
  },
);

it.each(['Pacific/Apia', 'Antarctica/Casey'])('refuses %s, before and when it is loaded', async (zone) => {
  const refused = { code: 1, output: expect.stringContaining(`the engine's table of ${zone} is wrong`) };
  const { check, load } = inZone(zone);
  expect(await check()).toMatchObject(refused);
  expect(await load()).toMatchObject(refused);
});
