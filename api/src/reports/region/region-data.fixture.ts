/** Made-up releases of areas for property tests. */
import {
  type BriefFigure,
  CARRIER_MEASURES,
  type ReleasedArea,
  type ReleasedCell,
  type ReleasedShare,
  REPORT_AREAS,
  SERVICE_MEASURES,
  STRUCTURE_MEASURES,
  TRACKS,
} from '@beltline/contract';
import fc from 'fast-check';
import { ownOf, type RegionData } from './region-data.ts';
import { cellOn } from '../documents/report-names.ts';

const SUPPRESSED: BriefFigure = { value: null, flag: 'suppressed', reason: 'confidential' };
const UNKNOWN: BriefFigure = { value: null, flag: 'not-available', reason: 'no-data' };
const figure = (value: number): BriefFigure => ({ value, flag: 'final', reason: null });
const RATES: readonly BriefFigure[] = [
  SUPPRESSED,
  { value: null, flag: 'not-available', reason: 'baseline-zero' },
  { value: 9, flag: 'base-too-small', reason: null },
];
const rate = fc.oneof(fc.constantFrom(...RATES), fc.double({ min: -1, max: 3, noNaN: true }).map(figure));
const NOTHING = { gmv: figure(0), pieces: figure(0), orders: figure(0) };

const cell = fc
  .tuple(fc.constantFrom('shown', 'suppressed', 'zero', 'no-data'), fc.integer({ min: 1, max: 1e12 }), rate)
  .map(([state, cents, growth]): Omit<ReleasedCell, 'track'> => {
    const none: BriefFigure = { value: null, flag: 'not-available', reason: 'no-data' };
    if (state === 'zero') return { state, ...NOTHING, growth };
    if (state === 'suppressed')
      return { state, gmv: SUPPRESSED, pieces: SUPPRESSED, orders: SUPPRESSED, growth: SUPPRESSED };
    if (state === 'no-data') return { state, gmv: none, pieces: none, orders: none, growth: none };
    return { state: 'shown', gmv: figure(cents / 100), pieces: figure(cents), orders: figure(1), growth };
  });
const areaOf = (level: ReleasedArea['area']['level'], id: string) =>
  fc.array(cell, { minLength: TRACKS.length, maxLength: TRACKS.length }).map((cells): ReleasedArea => ({
    area: { level, id, name: { zh: `名${id}名`, en: `<${id}>` }, belts: 3 },
    goods: level === 'belt' ? { zh: '面料', en: 'fabrics' } : null,
    cells: cells.map((one, index) => ({ track: TRACKS[index] ?? 'all', ...one })),
  }));
const some = (level: 'belt' | 'city', least: number, most: number): fc.Arbitrary<ReleasedArea[]> =>
  fc
    .integer({ min: least, max: most })
    .chain((count) => fc.tuple(...Array.from({ length: count }, (_, no) => areaOf(level, `${level}${no}`))));
const MONTHS = Array.from({ length: 13 }, (_, at) =>
  at < 12 ? `2024-${String(at + 1).padStart(2, '0')}` : '2025-01',
);
const history = fc.array(cell, { minLength: MONTHS.length, maxLength: MONTHS.length }).map((cells) =>
  cells.map(({ state, gmv, orders, pieces }, at) => ({
    month: MONTHS[at] ?? '',
    state,
    gmv,
    orders,
    pieces,
  })),
);
const none: fc.Arbitrary<ReleasedArea[]> = fc.constant([]);
const LEAST = { nation: 0, province: 0, city: 1, belt: 1 } as const;
/** The month of an area of any kind, in which anything may be withheld, and any name may hold anything. */
export const data = fc.constantFrom(...REPORT_AREAS).chain((kind) =>
  fc
    .record({
      nation: areaOf('nation', ''),
      province: kind === 'nation' ? fc.constant(null) : areaOf('province', '浙江省'),
      cities:
        kind === 'province' || kind === 'city' ? some('city', LEAST[kind], kind === 'city' ? 1 : 3) : none,
      belts: kind === 'nation' ? none : some('belt', LEAST[kind], kind === 'belt' ? 1 : 5),
      isMerged: fc.boolean(),
      history,
    })
    .map(({ isMerged, history: before, ...areas }): RegionData => {
      const one: RegionData = {
        ...{ kind, source: 'demo', sourceName: { zh: '演示', en: 'Demo' }, currency: 'CNY', ...areas },
        release: {
          ...{ month: '2025-01', edition: 1, dataVersion: 3 },
          ...{ madeAt: '2025-02-12T03:04:05.000Z', publishedAt: '2025-02-11T03:04:05.000Z' },
        },
        growthMonths: isMerged ? ['2025-01', '2025-02'] : ['2025-01'],
        baselineMonths: [],
        history: [],
      };
      // The last month is its own.
      const { state, gmv, orders, pieces } = cellOn(ownOf(one), 'all');
      return { ...one, history: [...before.slice(0, -1), { month: '2025-01', state, gmv, orders, pieces }] };
    }),
);

const shareState = fc.constantFrom('shown', 'shown', 'suppressed', 'no-data');
const serviceOf = (state: ReleasedCell['state']): fc.Arbitrary<ReleasedShare[]> =>
  fc
    .tuple(...SERVICE_MEASURES.map(() => fc.tuple(shareState, fc.integer({ min: 0, max: 1_000 }))))
    .map((all) =>
      all.map(([own, thousandths], at): ReleasedShare => {
        const measure = SERVICE_MEASURES[at] ?? 'on-time';
        if (state === 'suppressed' || (state !== 'zero' && own === 'suppressed'))
          return { measure, state: 'suppressed', share: SUPPRESSED };
        if (state === 'shown' && own === 'shown')
          return { measure, state: 'shown', share: figure(thousandths / 1_000) };
        const none: BriefFigure = { value: null, flag: 'not-available', reason: 'no-data' };
        return { measure, state: state === 'zero' ? 'zero' : 'no-data', share: none };
      }),
    );
const served = (area: ReleasedArea): fc.Arbitrary<ReleasedArea> =>
  serviceOf(cellOn(area, 'all').state).map((service) => ({ ...area, service }));
const allServed = (areas: readonly ReleasedArea[]) =>
  areas.reduce<fc.Arbitrary<ReleasedArea[]>>(
    (before, area) => fc.tuple(before, served(area)).map(([list, one]) => [...list, one]),
    fc.constant([]),
  );

/** The same with shares of service, of which some months are told and others not yet. */
export const dataWithService = data.chain((one) =>
  fc
    .tuple(
      served(one.nation),
      one.province ? served(one.province) : fc.constant(null),
      allServed(one.cities),
      allServed(one.belts),
      fc.tuple(...one.history.map((month) => fc.option(serviceOf(month.state), { nil: undefined }))),
    )
    .map(([nation, province, cities, belts, months]): RegionData => {
      const areas = { ...one, nation, province, cities, belts };
      const own = ownOf(areas).service;
      const history = one.history.map((month, at) => {
        const service = at === one.history.length - 1 ? own : months[at];
        return service ? { ...month, service } : month;
      });
      return { format: 2, ...areas, history };
    }),
);

/** As a release has them: parts of growth where it is told and the newcomers are, and nowhere else. */
const carriersOf = (area: ReleasedArea): fc.Arbitrary<ReleasedArea> =>
  fc
    .tuple(
      fc.array(fc.tuple(shareState, fc.integer({ min: 0, max: 1_000 })), { minLength: 2, maxLength: 2 }),
      fc.boolean(),
    )
    .map(([all, isKnown]): ReleasedArea => {
      const { state, growth } = cellOn(area, 'all');
      const shares = CARRIER_MEASURES.map((measure, at) => {
        const [own, thousandths] = all[at] ?? (['no-data', 0] as const);
        if (state === 'suppressed' || (state !== 'zero' && own === 'suppressed'))
          return { measure, state: 'suppressed' as const, share: SUPPRESSED };
        if (state === 'shown' && own === 'shown')
          return { measure, state: 'shown' as const, share: figure(thousandths / 1_000) };
        return {
          measure,
          state: state === 'zero' ? ('zero' as const) : ('no-data' as const),
          share: UNKNOWN,
        };
      });
      const [newcomers] = shares;
      const isWithheld = growth.flag === 'suppressed' || newcomers?.state === 'suppressed';
      const value = growth.flag === 'final' && isKnown ? growth.value : null;
      const share = newcomers?.share.value ?? null;
      const part = value === null || share === null ? null : share * (1 + value);
      const of = (one: number | null) => (isWithheld ? SUPPRESSED : one === null ? UNKNOWN : figure(one));
      const others = value === null || part === null ? null : value - part;
      return { ...area, carriers: { shares, fromNewcomers: of(part), fromOthers: of(others) } };
    });
const allCarried = (areas: readonly ReleasedArea[]) =>
  areas.reduce<fc.Arbitrary<ReleasedArea[]>>(
    (before, area) => fc.tuple(before, carriersOf(area)).map(([list, one]) => [...list, one]),
    fc.constant([]),
  );

/** The same with who carries growth. */
export const dataWithCarriers = dataWithService.chain((one) =>
  fc
    .tuple(
      carriersOf(one.nation),
      one.province ? carriersOf(one.province) : fc.constant(null),
      allCarried(one.cities),
      allCarried(one.belts),
    )
    .map(([nation, province, cities, belts]): RegionData => ({
      ...{ ...one, format: 3 },
      ...{ nation, province, cities, belts },
    })),
);

/** As a release has it: growth of the same shops where all of what it is made of is told. */
const sameStoreOf = (area: ReleasedArea): fc.Arbitrary<ReleasedArea> =>
  fc
    .tuple(
      fc.boolean(),
      shareState,
      fc.integer({ min: 0, max: 1_000 }),
      fc.double({ min: -1, max: 3, noNaN: true }),
    )
    .map(([isKept, own, thousandths, growth]): ReleasedArea => {
      const { carriers } = area;
      if (!isKept || !carriers) return area;
      const { state } = cellOn(area, 'all');
      const leavers =
        own === 'suppressed' || state === 'suppressed'
          ? { state: 'suppressed' as const, share: SUPPRESSED }
          : own === 'no-data'
            ? { state: 'no-data' as const, share: UNKNOWN }
            : { state: 'shown' as const, share: figure(thousandths / 1_000) };
      const isWithheld = leavers.state === 'suppressed' || carriers.fromNewcomers.flag === 'suppressed';
      const isKnown = leavers.state === 'shown' && carriers.fromNewcomers.value !== null;
      const same = isWithheld ? SUPPRESSED : isKnown ? figure(growth) : UNKNOWN;
      return { ...area, carriers: { ...carriers, sameStore: { leavers, growth: same } } };
    });
const allStayed = (areas: readonly ReleasedArea[]) =>
  areas.reduce<fc.Arbitrary<ReleasedArea[]>>(
    (before, area) => fc.tuple(before, sameStoreOf(area)).map(([list, one]) => [...list, one]),
    fc.constant([]),
  );

const level = fc.oneof(
  fc.constantFrom(...RATES, UNKNOWN),
  fc.double({ min: 1, max: 900, noNaN: true }).map(figure),
);

/** The same with levels or without, growth of the same shops, and who carried that of some earlier months. */
export const dataWithSameStore = dataWithCarriers.chain((one) =>
  fc
    .tuple(
      sameStoreOf(one.nation),
      one.province ? sameStoreOf(one.province) : fc.constant(null),
      allStayed(one.cities),
      allStayed(one.belts),
      fc.array(fc.option(fc.integer({ min: 0, max: 1_000 })), { minLength: 12, maxLength: 12 }),
      fc.array(level, { minLength: 10, maxLength: 10 }),
      fc.boolean(),
    )
    .map(([nation, province, cities, belts, months, levels, isAgainst]): RegionData => {
      let no = 0;
      const leveled = (area: ReleasedArea): ReleasedArea =>
        isAgainst ? { ...area, level: levels[no++ % levels.length] ?? SUPPRESSED } : area;
      const areas = {
        ...{ ...one, nation: leveled(nation), province: province && leveled(province) },
        ...{ cities: cities.map(leveled), belts: belts.map(leveled) },
        ...(isAgainst ? { reference: { year: 2019, months: ['2019-01'] } } : {}),
      };
      const own = ownOf(areas).carriers?.shares;
      const history = one.history.map((month, at) => {
        const thousandths = months[at] ?? null;
        if (at === one.history.length - 1) return own ? { ...month, carriers: own } : month;
        if (thousandths === null) return month;
        const carriers = CARRIER_MEASURES.map((measure, no) =>
          no === at % 2
            ? { measure, state: 'shown' as const, share: figure(thousandths / 1_000) }
            : { measure, state: 'suppressed' as const, share: SUPPRESSED },
        );
        return { ...month, carriers };
      });
      return { ...areas, format: 4, history };
    }),
);

const structureOf = (state: ReleasedCell['state']): fc.Arbitrary<NonNullable<ReleasedArea['structure']>> =>
  fc.tuple(shareState, fc.integer({ min: 0, max: 1_000 })).map(([own, thousandths]) =>
    STRUCTURE_MEASURES.map((measure) => {
      if (state === 'suppressed' || (state !== 'zero' && own === 'suppressed'))
        return { measure, state: 'suppressed' as const, share: SUPPRESSED };
      if (state === 'shown' && own === 'shown')
        return { measure, state: 'shown' as const, share: figure(thousandths / 1_000) };
      return { measure, state: state === 'zero' ? ('zero' as const) : ('no-data' as const), share: UNKNOWN };
    }),
  );
const sized = (area: ReleasedArea): fc.Arbitrary<ReleasedArea> =>
  structureOf(cellOn(area, 'all').state).map((structure) => ({ ...area, structure }));
const allSized = (areas: readonly ReleasedArea[]) =>
  areas.reduce<fc.Arbitrary<ReleasedArea[]>>(
    (before, area) => fc.tuple(before, sized(area)).map(([list, one]) => [...list, one]),
    fc.constant([]),
  );

/** The same with the sizes of orders, of which some months are told and others not yet; or those alone where nobody can say who is new. */
export const dataWithStructure = fc.oneof(dataWithSameStore, dataWithService).chain((one) =>
  fc
    .tuple(
      sized(one.nation),
      one.province ? sized(one.province) : fc.constant(null),
      allSized(one.cities),
      allSized(one.belts),
      fc.tuple(...one.history.map((month) => fc.option(structureOf(month.state), { nil: undefined }))),
    )
    .map(([nation, province, cities, belts, months]): RegionData => {
      const areas = { ...one, nation, province, cities, belts };
      const own = ownOf(areas).structure;
      const history = one.history.map((month, at) => {
        const structure = at === one.history.length - 1 ? own : months[at];
        return structure ? { ...month, structure } : month;
      });
      return { ...areas, format: 5, history };
    }),
);
