/** Charts of made-up releases: what they draw is what is shown, to a scale of nothing else. */
import { type BriefFigure, REPORT_LANGUAGES, TRACKS } from '@beltline/contract';
import fc from 'fast-check';
import { placeOf, scaleOf } from './chart-scale.ts';
import { ownOf, type RegionData } from './region-data.ts';
import { data } from './region-data.fixture.ts';
import { regionReport } from './region-report.ts';
import type { ReportChart } from '../documents/report-document.ts';
import { pageOf } from '../documents/report-page.ts';

const RISE = '#a3111e';
const chartsOf = (
  one: RegionData,
  language: 'zh' | 'en' = 'en',
): { growth: ReportChart; months: ReportChart } => {
  const [growth, months] = regionReport(one, 'd', language).sections.flatMap(({ charts }) => charts);
  if (!growth || !months) throw new Error('a report has two charts');
  return { growth, months };
};
const rectsOf = ({ svg }: ReportChart) =>
  [
    ...svg
      .replace(/<defs>.*<\/defs>/, '')
      .matchAll(/<rect x="([^"]*)" y="([^"]*)" width="([^"]*)" height="([^"]*)" fill="([^"]*)"/g),
  ].map(([, x, y, width, height, fill]) => ({
    x: Number(x),
    y: Number(y),
    width: Number(width),
    height: Number(height),
    fill,
  }));
const isRate = ({ value, flag }: BriefFigure) => value !== null && flag !== 'base-too-small';

test('a bar is red to the right for a rise and striped green to the left for a fall, as long as its number', () => {
  fc.assert(
    fc.property(data, (one) => {
      const shown = ownOf(one).cells.filter(({ state, growth }) => state !== 'suppressed' && isRate(growth));
      const rates = shown.map(({ growth }) => growth.value ?? 0);
      const bars = rectsOf(chartsOf(one).growth).filter(({ fill }) => fill !== 'url(#withheld)');
      const scale = scaleOf(rates);
      if (!scale) {
        expect(bars).toEqual([]);
        return;
      }
      expect(bars).toHaveLength(rates.length);
      const [unit, zero] = [370 / (scale.to - scale.from), placeOf(scale, 0, [150, 520])];
      bars.forEach(({ x, width, fill }, at) => {
        const rate = rates[at] ?? 0;
        expect(fill).toBe(rate < 0 ? 'url(#fall)' : RISE);
        expect(Math.abs(width - Math.abs(rate) * unit)).toBeLessThan(0.2);
        expect(Math.abs((rate < 0 ? x + width : x) - zero)).toBeLessThan(0.2);
      });
    }),
  );
});

test('what is withheld is a band over the whole drawing, and never a bar or a zero', () => {
  fc.assert(
    fc.property(data, (one) => {
      const { growth, months } = chartsOf(one);
      const bands = (chart: ReportChart) => rectsOf(chart).filter(({ fill }) => fill === 'url(#withheld)');
      const isWithheld = ({ state, growth: rate }: { state: string; growth: BriefFigure }) =>
        state === 'suppressed' || rate.flag === 'suppressed';
      const rows = ownOf(one).cells.flatMap((cell, at) => (isWithheld(cell) ? [at] : []));
      expect(bands(growth).map(({ y }) => (y - 15) / 26)).toEqual(rows);
      for (const { x, width } of bands(growth)) expect([x, width]).toEqual([150, 370]);
      const at = one.history.flatMap(({ state }, index) => (state === 'suppressed' ? [index] : []));
      expect(bands(months)).toHaveLength(at.length);
      for (const { y, height } of bands(months)) expect([y, height]).toEqual([10, 160]);
      // As many columns as there are months with a number above zero; no other has a length.
      const columns = rectsOf(months).filter(({ fill }) => fill !== 'url(#withheld)');
      expect(columns).toHaveLength(one.history.filter(({ gmv }) => (gmv.value ?? 0) > 0).length);
    }),
  );
});

test('the scale is of what is shown alone: whatever is withheld beside it, ticks and bars are where they were', () => {
  fc.assert(
    fc.property(data, fc.double({ min: -5, max: 50, noNaN: true }), (one, hidden) => {
      // As if a withheld number had been left in the data by mistake.
      const leaking = (figure: BriefFigure): BriefFigure =>
        figure.flag === 'suppressed' ? { ...figure, value: hidden } : figure;
      const own = ownOf(one);
      const cells = own.cells.map((cell) => ({
        ...cell,
        gmv: leaking(cell.gmv),
        growth: leaking(cell.growth),
      }));
      const replaced = structuredClone(one);
      Object.assign(ownOf(replaced), { cells });
      const history = one.history.map((month) => ({ ...month, gmv: leaking(month.gmv) }));
      const [before, after] = [chartsOf(one), chartsOf({ ...replaced, history })];
      expect(after.growth.svg).toBe(before.growth.svg);
      expect(after.growth.alt).toBe(before.growth.alt);
      expect(after.months).toEqual(before.months);
    }),
  );
});

test('an axis begins and ends at whole steps around what is shown, with few of them', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -1e6, max: 1e12, noNaN: true }), { maxLength: 13 }), (values) => {
      const scale = scaleOf(values);
      if (Math.max(0, ...values) - Math.min(0, ...values) < 1e-9) {
        expect(scale).toBeNull();
        return;
      }
      if (!scale) throw new Error('there is something to be drawn');
      const { from, to, ticks } = scale;
      // To a billionth, which is less than anything that is printed.
      expect(from - 1e-9).toBeLessThanOrEqual(Math.min(0, ...values));
      expect(to + 1e-9).toBeGreaterThanOrEqual(Math.max(0, ...values));
      expect(ticks.length).toBeGreaterThan(1);
      expect(ticks.length).toBeLessThanOrEqual(6);
      expect(ticks).toContain(0);
      const step = (ticks[1] ?? 0) - (ticks[0] ?? 0);
      const [digit] = step.toExponential(6).split('e');
      expect([1, 2, 5]).toContain(Math.round(Number(digit) * 1e5) / 1e5);
    }),
  );
});

test.each(REPORT_LANGUAGES)(
  'a chart has a caption with its unit and source, words for who does not see it, and is on the page as it is (%s)',
  (language) => {
    fc.assert(
      fc.property(data, (one) => {
        const { growth, months } = chartsOf(one, language);
        expect(growth.caption).toMatch(/%.*(Demo|演示)/);
        expect(months.caption).toMatch(/CNY.*(Demo|演示)/);
        expect(growth.alt.split(language === 'zh' ? '，' : ', ').length).toBe(TRACKS.length);
        const page = pageOf(regionReport(one, 'd', language)).toString('utf8');
        for (const { svg } of [growth, months]) {
          expect(page).toContain(svg);
          expect(svg).not.toMatch(/null|NaN|undefined|Infinity|[{}]/);
        }
      }),
      { numRuns: 30 },
    );
  },
);
