import { init } from 'echarts';
import { translatorOf } from '../i18n/language.fixture.ts';
import { comparedSeriesOption } from './compared-series-option.ts';
import { drawing, point } from './drawing.fixture.ts';
import { readPalette } from './palette.ts';

const SHADE = '#abcdef';
const BAR = '#123456';
const palette = readPalette((name) => ({ '--chart-period': SHADE, '--chart-value': BAR })[name] ?? '#888888');
const months = Array.from({ length: 38 }, (_, n) =>
  point(`${2022 + Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, '0')}-01`, 100 + n),
);

/** From where to where the shapes of a colour stand, as ECharts itself draws them: bars as paths, a shade as a polygon. */
function drawn(svg: string, colour: string): [number, number][] {
  const shapes = [...svg.matchAll(/<(?:path d|polygon points)="([^"]+)"[^>]*? fill="(#[0-9a-f]{6})"/g)];
  return shapes
    .filter(([, , fill]) => fill === colour)
    .map(([, shape = '']) => {
      // Arcs of a bar's corners have radii among their numbers; its corners themselves follow M and L.
      const points = shape.includes('M') ? /[ML](-?[\d.]+)/g : /(-?[\d.]+) -?[\d.]+/g;
      const xs = [...shape.matchAll(points)].map(([, x]) => Number(x));
      return [Math.min(...xs), Math.max(...xs)];
    });
}

it.each([
  ['2023-03', '2023-05'],
  ['2023-08', '2023-08'],
  ['2024-01', '2024-12'],
  ['2022-01', '2022-02'],
  ['2024-12', '2025-02'],
])('the shade of %s to %s holds the bars of these months and of no other', async (from, to) => {
  const t = await translatorOf('zh-CN');
  const at = (month: string) => months.findIndex(({ day }) => day.startsWith(month));
  const period = { first: at(from), last: at(to), name: 'chosen' };
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: 700, height: 300 });
  const option = comparedSeriesOption({
    ...drawing(months),
    points: months,
    palette,
    period,
    valueName: 'x',
    t,
  });
  chart.setOption({ ...option, animation: false });
  const svg = chart.renderToSVGString();
  chart.dispose();
  const bars = drawn(svg, BAR);
  const [shade] = drawn(svg, SHADE);
  expect([bars.length, shade !== undefined]).toEqual([38, true]);
  const inside = bars.flatMap(([left, right], index) =>
    shade && left >= shade[0] - 0.5 && right <= shade[1] + 0.5 ? [index] : [],
  );
  const touched = bars.flatMap(([left, right], index) =>
    shade && right > shade[0] + 0.5 && left < shade[1] - 0.5 ? [index] : [],
  );
  const chosen = Array.from({ length: period.last - period.first + 1 }, (_, n) => period.first + n);
  expect([inside, touched]).toEqual([chosen, chosen]);
});
