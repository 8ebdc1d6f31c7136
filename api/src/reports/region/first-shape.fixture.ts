/** A data set as they were before they had shares of service: what was published of such must stay what it was, byte by byte. */
import { type BriefFigure, type ReleasedArea, type ReportArea, TRACKS } from '@beltline/contract';
import type { RegionData } from './region-data.ts';

const shown = (value: number): BriefFigure => ({ value, flag: 'final', reason: null });
const WITHHELD: BriefFigure = { value: null, flag: 'suppressed', reason: 'confidential' };

function figuresOf(no: number) {
  if (no % 5 === 4)
    return { state: 'suppressed' as const, gmv: WITHHELD, pieces: WITHHELD, orders: WITHHELD };
  return {
    state: 'shown' as const,
    ...{ gmv: shown(1_234.56 * (no + 1)), pieces: shown(90 * no + 7), orders: shown(3 * no + 1) },
  };
}
const areaOf = (level: ReportArea, id: string, no: number): ReleasedArea => ({
  area: { level, id, name: { zh: `名${id}`, en: `Name ${id}` }, belts: 2 },
  goods: level === 'belt' ? { zh: '面料', en: 'fabrics' } : null,
  cells: TRACKS.map((track, at) => {
    const figures = figuresOf(no + at);
    const growth = figures.state === 'shown' ? shown((no - at) / 10) : WITHHELD;
    return { track, ...figures, growth };
  }),
});

export const FIRST_SHAPE: RegionData = {
  ...{ kind: 'province', source: 'demo', sourceName: { zh: '演示', en: 'Demo' }, currency: 'CNY' },
  release: {
    ...{ month: '2025-01', edition: 1, dataVersion: 3 },
    ...{ madeAt: '2025-02-12T03:04:05.000Z', publishedAt: '2025-02-11T03:04:05.000Z' },
  },
  ...{ growthMonths: ['2025-01'], baselineMonths: ['2024-01'] },
  nation: areaOf('nation', '', 9),
  province: areaOf('province', '浙江省', 5),
  cities: [areaOf('city', '浙江省/杭州市', 3)],
  belts: [areaOf('belt', 'a', 1), areaOf('belt', 'b', 2)],
  history: Array.from({ length: 13 }, (_, at) => ({
    month: at < 12 ? `2024-${String(at + 1).padStart(2, '0')}` : '2025-01',
    ...figuresOf(at),
  })),
};
