/** What makes a revision by itself: what came since, by name; and nothing that cannot be named. */
import type { ReleaseAnswer, ReleasedArea } from '@beltline/contract';
import type { AuditService } from '../../access/audit.service.ts';
import { SYSTEM } from '../../access/viewer.ts';
import type { ApiConfig } from '../../platform/config/config.ts';
import type { AreaInMonth, ReleasedAreas } from '../../releases/released-areas.service.ts';
import type { ReleasesService } from '../../releases/releases.service.ts';
import type { Typesetter } from '../files/typesetter.service.ts';
import { regionData, type RegionData, writtenData } from '../region/region-data.ts';
import { THIRD_SHAPE } from '../region/third-shape.fixture.ts';
import { PublicationMaker } from './publication-maker.service.ts';
import type { Draft, PublicationStore, Row } from './publication-store.service.ts';

const figure = (value: number) => ({ value, flag: 'final' as const, reason: null });
const stayed = (area: ReleasedArea): ReleasedArea =>
  area.carriers
    ? {
        ...area,
        carriers: {
          ...area.carriers,
          sameStore: { leavers: { state: 'shown', share: figure(0.2) }, growth: figure(0.1) },
        },
      }
    : area;
/** Of the nation alone. */
function answerOf({
  province: _province,
  kind: _kind,
  format: _format,
  history: _history,
  ...data
}: RegionData) {
  return { ...data, cities: [], belts: [], provinces: [], troubled: [] } as ReleaseAnswer;
}
const BEFORE = answerOf(THIRD_SHAPE);
const LATER: ReleaseAnswer = { ...BEFORE, nation: stayed(BEFORE.nation) };
const REFERENCE = `2021-${BEFORE.release.month.slice(5)}`;
const LEVELED: ReleaseAnswer = {
  ...{ ...BEFORE, nation: { ...BEFORE.nation, level: figure(88) } },
  reference: { year: 2021, months: [REFERENCE] },
};
const MONTHS = [BEFORE.release.month];

/** What is prepared where `now` is released, after an edition of `before`. */
async function prepared(
  before: ReleaseAnswer,
  now: ReleaseAnswer,
  of: Partial<AreaInMonth> = {},
): Promise<Draft | null> {
  let draft: Draft | null = null;
  const about = { months: MONTHS, monthsSince: [], belts: [] };
  const row = { id: 'before', number: 1, year: 2025, no: 1, about } as unknown as Row;
  const current = () =>
    Promise.resolve({
      released: row,
      prepared: draft && {
        ...{ ...row, ...draft, state: 'prepared', digest: Buffer.alloc(32), preparedAt: new Date() },
        ...{ month: `${BEFORE.release.month}-01`, kind: 'nation', region: '', revises: 'before' },
      },
    });
  const store = {
    current,
    dataSet: () => Promise.resolve(writtenData(regionData(before, 'nation', [])).bytes),
    prepare: async (work: (manager: unknown) => Promise<Draft | null>) => {
      draft = await work({});
    },
  } as unknown as PublicationStore;
  const area: AreaInMonth = {
    ...{
      source: 's',
      month: BEFORE.release.month,
      kind: 'nation',
      id: '',
      name: { zh: '全国', en: 'Nation' },
    },
    ...{ belts: [], months: MONTHS, hasLeavers: false, isAwaiting: false, ...of },
  };
  const areas = { one: () => Promise.resolve(area), history: () => Promise.resolve([]) };
  const maker = new PublicationMaker(
    store,
    { one: () => Promise.resolve(now) } as unknown as ReleasesService,
    areas as unknown as ReleasedAreas,
    {} as Typesetter,
    { tellWithin: () => Promise.resolve() } as unknown as AuditService,
    { BELTLINE_TIME_ZONE: 'Asia/Shanghai' } as ApiConfig,
  );
  await maker.prepare(
    SYSTEM,
    { source: 's', month: BEFORE.release.month, kind: 'nation' },
    {
      ...{ actor: null, address: null, requestId: null },
    },
  );
  return draft;
}

test('who sells no more makes a revision once it is told, which says so', async () => {
  const draft = await prepared(BEFORE, LATER, { hasLeavers: true });
  expect([draft?.about.leaversSince, draft?.about.monthsSince, draft?.revises]).toEqual([true, [], 'before']);
  expect(draft?.revised.map(({ measure }) => measure)).toEqual(['leavers', 'same-store']);
  // Once it says so, nothing more comes of it.
  await expect(prepared(LATER, LATER, { hasLeavers: true })).rejects.toMatchObject({
    code: 'report-unchanged',
  });
});

test('so do the months that levels are against, and once only', async () => {
  const months = [REFERENCE, ...MONTHS];
  const draft = await prepared(BEFORE, LEVELED, { months });
  expect([draft?.about.monthsSince, draft?.about.leaversSince]).toEqual([[REFERENCE], undefined]);
  expect(draft?.revised.map(({ measure }) => measure)).toEqual(['level']);
  // An edition that told levels before these months were noted with it rests on them: what else differs is for a person to explain.
  const moved = { ...LEVELED, nation: { ...LEVELED.nation, level: figure(89) } };
  await expect(prepared(LEVELED, moved, { months })).rejects.toMatchObject({ code: 'invalid-request' });
});

test('what comes of nothing that can be named needs a person’s reason', async () => {
  await expect(prepared(BEFORE, LATER)).rejects.toMatchObject({ code: 'invalid-request' });
});
