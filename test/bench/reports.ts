/**
 * A month's reports of the nation, 21 provinces and 130 belts, in both languages and all formats, as the product sets them: one after another, in a thread that ends with
 * each. Beside it the PDFs alone, which is what else there is to be made. Bar: eight minutes on two cores, memory flat.
 */
import { EVERY_FILE } from '@beltline/api/reports/files/report-files.js';
import { type RegionData, writtenData } from '@beltline/api/reports/region/region-data.js';
import { Typesetter } from '@beltline/api/reports/files/typesetter.service.js';
import {
  type BriefFigure,
  CARRIER_MEASURES,
  type CellState,
  PARTITIONS,
  type ReleasedArea,
  type ReleasedCarriers,
  type ReleasedPartition,
  type ReportArea,
  SERVICE_MEASURES,
  STRUCTURE_MEASURES,
  TRACKS,
} from '@beltline/contract';

const PROVINCES = 21;
/** Of a track, named ones and what is left over. */
const PARTS = ['1', '2', '3', '4', '5', 'others'];
const BELTS = 130;
const MB = 1024 * 1024;
const BAR_SECONDS = 8 * 60;
const EDITION = { number: 'BL-2026-0001', day: '2026-11-30', revision: null };

export async function benchReports(): Promise<void> {
  const all = datasets();
  const whole = await measured(all, EVERY_FILE);
  const pdfs = await measured(
    all,
    EVERY_FILE.filter(({ format }) => format === 'pdf'),
  );
  const said = (name: string, { seconds, processor, peaks, bytes }: Measured) =>
    `${name}: ${seconds.toFixed(0)} s, ${processor.toFixed(0)} s of the processor, ${(bytes / MB / all.length).toFixed(2)} MB each; ` +
    `peak memory of the first quarter ${peaks[0]?.toFixed(0)} MB, of the last ${peaks.at(-1)?.toFixed(0)} MB\n`;
  process.stdout.write(said(`${all.length} reports, five formats in two languages`, whole));
  process.stdout.write(said('their PDFs alone', pdfs));
  process.stdout.write(`ratio by processor time: ${(whole.processor / pdfs.processor).toFixed(2)}\n`);
  process.stdout.write(`bar of ${BAR_SECONDS} s: ${whole.seconds <= BAR_SECONDS ? 'met' : 'not met'}\n`);
}

interface Measured {
  readonly seconds: number;
  readonly processor: number;
  /** Of the whole process in MB, by quarters of the run. */
  readonly peaks: readonly number[];
  readonly bytes: number;
}

async function measured(all: readonly RegionData[], wanted: typeof EVERY_FILE): Promise<Measured> {
  const typesetter = new Typesetter();
  const peaks = [0, 0, 0, 0];
  let [at, bytes] = [0, 0];
  const timer = setInterval(() => {
    const quarter = Math.min(3, Math.floor((4 * at) / all.length));
    peaks[quarter] = Math.max(peaks[quarter] ?? 0, process.memoryUsage().rss / MB);
  }, 50);
  const [begun, used] = [Date.now(), process.cpuUsage()];
  for (const data of all) {
    const written = writtenData(data);
    const files = await typesetter.files({ data, digest: written.digest, edition: EDITION }, wanted);
    bytes += files.reduce((sum, file) => sum + file.bytes.length, written.bytes.length);
    at += 1;
  }
  clearInterval(timer);
  const { user, system } = process.cpuUsage(used);
  return { seconds: (Date.now() - begun) / 1_000, processor: (user + system) / 1e6, peaks, bytes };
}

/** Every sixth cell is withheld, as in a month of the demo. */
function datasets(): RegionData[] {
  let state = 20_261_130;
  const next = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  const shown = (value: number): BriefFigure => ({ value, flag: 'final', reason: null });
  const withheld: BriefFigure = { value: null, flag: 'suppressed', reason: 'confidential' };
  const figures = (scale: number) => {
    if (next() < 1 / 6)
      return {
        state: 'suppressed' as const,
        gmv: withheld,
        pieces: withheld,
        orders: withheld,
        growth: withheld,
      };
    const gmv = Math.round(next() * scale * 100) / 100;
    const counts = { pieces: shown(Math.round(gmv / 3)), orders: shown(Math.round(gmv / 90)) };
    return { state: 'shown' as const, gmv: shown(gmv), ...counts, growth: shown(next() - 0.3) };
  };
  const sharesOf = <M extends string>(measures: readonly M[], isWithheld: boolean) =>
    measures.map((measure): { measure: M; state: CellState; share: BriefFigure } => {
      if (isWithheld || next() < 1 / 3) return { measure, state: 'suppressed', share: withheld };
      return { measure, state: 'shown', share: shown(Math.round(1_000 * next()) / 1_000) };
    });
  const rate = (isWithheld: boolean) => (isWithheld ? withheld : shown(next() - 0.3));
  const carried = (isWithheld: boolean): ReleasedCarriers => {
    const [leavers] = sharesOf(['leavers'], isWithheld);
    if (!leavers) throw new Error('nobody leaves');
    return {
      shares: sharesOf(CARRIER_MEASURES, isWithheld),
      ...{ fromNewcomers: rate(isWithheld), fromOthers: rate(isWithheld) },
      sameStore: {
        leavers: { state: leavers.state, share: leavers.share },
        growth: rate(leavers.state === 'suppressed'),
      },
    };
  };
  const told = (isWithheld: boolean) => ({
    service: sharesOf(SERVICE_MEASURES, isWithheld),
    structure: sharesOf(STRUCTURE_MEASURES, isWithheld),
    partitions: PARTITIONS.map((partition): ReleasedPartition => {
      if (isWithheld || next() < 1 / 3) return { partition, state: 'suppressed', parts: [] };
      const parts = PARTS.map((part) => ({
        ...{ part, name: { zh: part, en: part } },
        share: shown(Math.round(1_000 * next()) / 1_000),
      }));
      return { partition, state: 'shown', parts };
    }),
  });
  const area = (level: ReportArea, id: string, scale: number): ReleasedArea => {
    const cells = TRACKS.map((track) => ({ track, ...figures(scale) }));
    const isWithheld = cells[0]?.state === 'suppressed';
    return {
      area: { level, id, name: { zh: id === '' ? '全国' : id, en: id }, belts: 1 },
      goods: level === 'belt' ? { zh: '面料', en: 'fabrics' } : null,
      level: isWithheld ? withheld : shown(60 + 80 * next()),
      ...{ cells, ...told(isWithheld), carriers: carried(isWithheld) },
    };
  };
  const nation = area('nation', '', 1e9);
  const provinces = Array.from({ length: PROVINCES }, (_, no) => area('province', `第${no}省`, 1e8));
  const belts = Array.from({ length: BELTS }, (_, no) => area('belt', `第${no}产业带`, 1e7));
  const ofProvince = (no: number) => belts.filter((_, at) => at % PROVINCES === no);
  const data = (
    kind: ReportArea,
    province: ReleasedArea | null,
    of: readonly ReleasedArea[],
  ): RegionData => ({
    ...{
      format: 6,
      kind,
      source: 'demo',
      sourceName: { zh: '演示', en: 'Demo' },
      currency: 'CNY',
      nation,
      province,
    },
    ...{ cities: [], belts: [...of], growthMonths: ['2025-03'], baselineMonths: ['2024-03'] },
    reference: { year: 2021, months: ['2021-03'] },
    release: {
      ...{ month: '2025-03', edition: 1, dataVersion: 1 },
      ...{ madeAt: '2025-04-12T03:04:05.000Z', publishedAt: '2025-04-11T03:04:05.000Z' },
    },
    history: Array.from({ length: 13 }, (_, back) => {
      const { growth: _growth, ...month } = figures(1e8);
      return {
        month: `${back < 10 ? 2024 : 2025}-${String(((back + 2) % 12) + 1).padStart(2, '0')}`,
        ...month,
        ...told(month.state === 'suppressed'),
        carriers: sharesOf(CARRIER_MEASURES, month.state === 'suppressed'),
      };
    }),
  });
  return [
    data('nation', null, []),
    ...provinces.map((province, no) => data('province', province, ofProvince(no))),
    ...belts.map((belt, no) => data('belt', provinces[no % PROVINCES] ?? null, [belt])),
  ];
}
