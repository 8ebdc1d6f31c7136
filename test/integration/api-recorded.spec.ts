/**
 * No figure changes unseen: a sixth of the recorded questions about demo orders, of each kind some, give the answers that were recorded; all of
 * them in `api-recorded.long.spec.ts`.
 */
import type { RunningApi } from '../fixtures/api/running-api.ts';
import { RECORDED } from '../fixtures/recorded/questions.ts';
import { readRecorded, type RecordedAnswer } from '../fixtures/recorded/recorded.ts';
import { answersTo, besideEngine, startRecorded } from './api-recorded-kit.ts';

const recorded = new Map(readRecorded().map((answer) => [answer.path, answer]));
const kindOf = (path: string) => path.split('?')[0];
/** The first of each kind, and every sixth. */
const SOME = RECORDED.filter(
  (path, index) => index % 6 === 0 || RECORDED.findIndex((one) => kindOf(one) === kindOf(path)) === index,
);

let api: RunningApi;
let answers: Map<string, RecordedAnswer>;
beforeAll(async () => {
  api = await startRecorded();
  answers = new Map((await answersTo(api, SOME)).map((answer) => [answer.path, answer]));
}, 240_000);
afterAll(() => api?.close());

test('every question is recorded, and answered', () => {
  expect([...recorded.keys()]).toEqual([...RECORDED]);
  expect([...answers.values()].filter(({ status }) => status !== 200)).toEqual([]);
});

test.each(SOME)('%s', (path) => {
  expect(answers.get(path)).toEqual(recorded.get(path));
});

test('where sums and merchants are not kept in memory, the engine gives the same answers', async () => {
  const { memory, engine } = await besideEngine(api, 18);
  expect(engine).toEqual(memory);
  expect(engine.length).toBeGreaterThan(8);
}, 240_000);
