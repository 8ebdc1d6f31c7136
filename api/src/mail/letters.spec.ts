/** What mails say, in text and HTML alike, and what they never hold. */
import type { BenchmarkAnswer, Publication } from '@beltline/contract';
import { BENCHMARK_MEASURE, BENCHMARK_MEASURES } from '@beltline/contract';
import { reportLetter } from './report-letter.ts';
import { standingLetter } from './standing-letter.ts';

const END = {
  page: 'https://b.example/mail/unsubscribe#t',
  request: 'https://b.example/api/v1/mail/unsubscribe?token=t',
};
const figure = (value: number) => ({ value, flag: 'final', reason: null }) as const;
const SECRET = 987_654.25;
/** Each figure is its own, so that any of them is found again. */
const answer = (of: Partial<BenchmarkAnswer> = {}): BenchmarkAnswer => ({
  ...{ source: 'demo', sourceName: { zh: '演示', en: 'Demo' }, currency: 'CNY', quarter: '2024-Q1' },
  ...{ quarters: ['2024-Q1'], dataVersion: 77_123, publishedOn: '2024-04-02' },
  ...{ owner: 'L000001', owners: ['L000001'], shops: 40_404 },
  group: {
    ...{
      level: 'belt',
      province: '浙江省',
      city: '绍兴市',
      goods: { zh: '袜子', en: 'Socks' },
      sizes: ['small'],
    },
    ...{ belts: [{ beltId: 'B1', name: { zh: '大唐袜业', en: 'Datang socks' } }] },
    ...{ owners: { from: 60, below: 120 }, widened: [] },
  } as BenchmarkAnswer['group'],
  noGroup: null,
  measures: BENCHMARK_MEASURES.map((measure, at) => ({
    ...{ measure, ...BENCHMARK_MEASURE[measure] },
    value: figure(measure === 'growth-aligned' ? -0.1234 : SECRET + at),
    band: { place: 1 + (at % 5), of: 5 },
    quartiles: {
      lower: figure(SECRET + 100 + at),
      median: figure(SECRET + 200 + at),
      upper: figure(SECRET + 300 + at),
    },
    trend: [{ quarter: '2023-Q4', value: figure(SECRET + 400 + at) }],
  })) as BenchmarkAnswer['measures'],
  rank: { band: { place: 4, of: 5 }, sureness: 0.85, components: [] },
  pricePosition: null,
  differences: null,
  change: { baselineQuarter: '2023-Q1' } as BenchmarkAnswer['change'],
  ...of,
});
const standing = (language: 'zh' | 'en', ...answers: BenchmarkAnswer[]) =>
  standingLetter({
    ...{ month: '2024-03', language, origin: 'https://b.example', end: END },
    answers: answers as [BenchmarkAnswer],
  });
const textIn = (html: string) =>
  html
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll('&amp;', '&');

test.each(['zh', 'en'] as const)(
  'a merchant is told bands and their own growth, and no amount (%s)',
  (language) => {
    const { subject, text, html, files, unsubscribe } = standing(language, answer());
    for (const said of [text, textIn(html)]) {
      expect(said).toContain('−12.3%');
      expect(said.match(language === 'zh' ? /：[1-5]\/5/g : /: [1-5] of 5/g)).toHaveLength(
        BENCHMARK_MEASURES.length,
      );
      // 987,654 and whatever is near it, grouped or not; nor how many shops.
      expect(said).not.toMatch(/98[78][,.\s]?\d{3}|40[,.]?404/);
      expect(said).not.toMatch(/CNY|¥|L000001/);
    }
    expect(subject).toContain(language === 'zh' ? '2024年3月' : 'March 2024');
    expect([files, unsubscribe]).toEqual([[], END.request]);
    expect(html).toContain(`<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">`);
  },
);

test('several owners are told apart, and those that are not told are counted', () => {
  const owners = Array.from({ length: 8 }, (_, at) => `L${at}`);
  const { text } = standing('en', ...owners.slice(0, 5).map((owner) => answer({ owner, owners })));
  expect(text.match(/Legal owner L\d/g)).toHaveLength(5);
  expect(text).toContain('3 more legal owners');
});

test('where nothing is known, nothing is said to be', () => {
  const measures = answer().measures.map((one) => ({
    ...one,
    value: { value: null, flag: 'not-available', reason: 'no-data' },
    band: null,
  })) as BenchmarkAnswer['measures'];
  const { text } = standing('en', answer({ measures, group: null, noGroup: 'too-small', rank: null }));
  expect(text).toContain('There is nothing to compare with');
  expect(text).not.toMatch(/\d of \d|%|null|undefined|NaN/);
});

const PUBLICATION = {
  ...{
    id: 'x',
    number: 'BL-2026-0007',
    state: 'superseded',
    source: 's',
    sourceName: { zh: '来<源>', en: 'So&urce' },
  },
  ...{ month: '2024-03', region: { kind: 'belt', id: 'B1', name: { zh: '<b>带</b>', en: '"Belt" & Co' } } },
  ...{ digest: 'd1'.repeat(32), dataVersion: 1, preparedAt: '', releasedAt: '', revises: 'BL-2026-0003' },
  ...{
    supersededBy: 'BL-2026-0009',
    reason: '改正 <script>',
    monthsSince: [],
    leaversSince: false,
    etag: '',
  },
  changes: { moved: 0, appeared: 0, gone: 0, other: 0 },
} as Publication & { number: string };

test.each(['zh', 'en'] as const)(
  'a report’s mail names what it is, and links or holds its files (%s)',
  (language) => {
    const made = (files: null | []) =>
      reportLetter({ publication: PUBLICATION, language, files, origin: 'https://b.example', end: END });
    const linked = made(null);
    for (const format of ['pdf', 'xlsx'])
      for (const said of [linked.text, linked.html])
        expect(said).toContain(`https://b.example/api/v1/reports/BL-2026-0007/files/${language}.${format}`);
    expect(made([]).text).not.toContain('/files/');
    for (const part of ['BL-2026-0007', 'BL-2026-0003', 'BL-2026-0009', 'd1d1'])
      expect([part, linked.text.includes(part), linked.html.includes(part)]).toEqual([part, true, true]);
    expect(linked.html).not.toMatch(/<script|<b>/);
    expect(linked.html).not.toMatch(/<img|url\(|src=/);
    expect(linked.text).toContain(END.page);
  },
);
