/**
 * The nowcast scored on the demo orders, which come through the pipeline: of every past month, from its first days alone,
 * for the nation and on average over the belts of several provinces, it must beat two naive rules, and its band must hold about what it says.
 */
import { createBeltlineApi } from '@beltline/api/app';
import { readConfig } from '@beltline/api/config';
import type { BacktestAnswer, RecoveryAnswer } from '@beltline/contract';
import type { ClickHouseClient } from '@beltline/sql/engine';
import { signIn, TESTER } from '../fixtures/api/signing-in.ts';
import { type Bench, openBench, startCommand } from './etl-harness.ts';

let bench: Bench;
let reader: ClickHouseClient;
let origin: string;
let cookie: string;
let close: () => Promise<void>;
beforeAll(async () => {
  bench = await openBench();
  const { code, output } = await startCommand(bench.dataDir, ['load', 'demo', '--lines', '200000']).done;
  if (code !== 0) throw new Error(output);
  reader = bench.engine.client('reader');
  const api = await createBeltlineApi({
    engine: {
      client: () => reader,
      answering: () => true,
      onRestart: () => undefined,
      answers: (withinMs) => bench.engine.answers(withinMs),
      movedFrom: () => null,
    },
    dataDir: bench.dataDir,
    config: readConfig({ LOG_LEVEL: 'error' }),
    loading: () => false,
  });
  origin = await api.listen(0, '127.0.0.1');
  await api.addUser(TESTER);
  cookie = await signIn(origin, TESTER);
  close = () => api.close();
});
afterAll(async () => {
  await close?.();
  await reader?.close();
  await bench?.close();
});

const get = async <A>(path: string): Promise<A> => {
  const answer = await fetch(`${origin}/api/v1${path}`, { headers: { cookie } });
  if (!answer.ok) throw new Error(await answer.text());
  return (await answer.json()) as A;
};

const mean = (values: readonly number[]) => values.reduce((total, value) => total + value, 0) / values.length;

test('on every day, the nowcast of the nation beats both naive rules', async () => {
  const { days } = await get<BacktestAnswer>('/nowcast/backtest');
  expect(days.map(({ day }) => day)).toEqual([5, 10, 15, 20, 25]);
  for (const { months, nowcast, daysElapsed, lastYearsShare } of days) {
    expect(months).toBeGreaterThan(18);
    expect(nowcast.value).toBeLessThan(daysElapsed.value ?? 0);
    expect(nowcast.value).toBeLessThan(lastYearsShare.value ?? 0);
  }
  expect(days.at(-1)?.nowcast.value).toBeLessThan(0.03);
});

test('its band covers about the eight tenths that it says', async () => {
  const areas = ['', '?province=浙江省', '?province=广东省', '?province=福建省', '?province=江苏省'];
  const answers = await Promise.all(
    areas.map((area) => get<BacktestAnswer>(`/nowcast/backtest${encodeURI(area)}`)),
  );
  const covered = answers.flatMap(({ days }) => days.map((day) => day.covered.value ?? 0));
  expect(answers[0]?.band).toBe(0.8);
  expect(mean(covered)).toBeGreaterThan(0.68);
  expect(mean(covered)).toBeLessThan(0.92);
});

test('an estimate counts whole orders, as its band does', async () => {
  const { nowcast } = await get<RecoveryAnswer>('/recovery?measure=orders');
  for (const count of [nowcast?.low, nowcast?.estimate.value, nowcast?.high])
    expect(Number.isInteger(count)).toBe(true);
});

test('the running month is nowcast with its band, and never mixed with whole ones', async () => {
  const { nowcast, points } = await get<RecoveryAnswer>('/recovery?measure=orders');
  expect(nowcast).toMatchObject({ month: '2025-02', through: '2025-02-10', estimate: { flag: 'nowcast' } });
  const [low, value, high] = [nowcast?.low ?? 0, nowcast?.estimate.value ?? 0, nowcast?.high ?? 0];
  expect(nowcast?.soFar).toBeLessThan(low);
  expect(low).toBeLessThan(value);
  expect(value).toBeLessThan(high);
  expect(points.at(-1)).toMatchObject({
    month: '2025-02',
    value: { flag: 'provisional' },
    adjusted: { value: null },
    level: { value: null },
  });
});
