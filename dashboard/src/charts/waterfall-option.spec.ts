import type { SureFigure } from '@beltline/contract';
import fc from 'fast-check';
import { translatorOf } from '../i18n/language.fixture.ts';
import type { Translate } from '../i18n/translate.ts';
import { numbers, palette } from './drawing.fixture.ts';
import { floatingBar, waterfallSteps } from './floating-bar.ts';
import { waterfallOption, type WaterfallPart } from './waterfall-option.ts';

let t: Translate;
beforeAll(async () => {
  t = await translatorOf('zh-CN');
});

const amount = fc.integer({ min: -1_000_000, max: 1_000_000 });

describe('a floating bar', () => {
  it('spans what it stands for, wherever zero lies', () => {
    fc.assert(
      fc.property(amount, amount, (from, to) => {
        const { base, above, below } = floatingBar(from, to);
        const [low, high] = [Math.min(from, to), Math.max(from, to)];
        expect(above).toBeGreaterThanOrEqual(0);
        expect(below).toBeLessThanOrEqual(0);
        // Each side of zero is a stack of its own; a base stands on the side of its sign.
        const tops = [Math.max(base, 0) + above, Math.min(base, 0) + below];
        const drawn = [...(above > 0 ? [Math.max(base, 0)] : []), ...(below < 0 ? [Math.min(base, 0)] : [])];
        const ends = [...(above > 0 ? [tops[0]] : []), ...(below < 0 ? [tops[1]] : []), ...drawn] as number[];
        if (low === high) expect(ends).toEqual([]);
        else expect([Math.min(...ends), Math.max(...ends)]).toEqual([low, high]);
      }),
    );
  });
});

describe('the steps of a waterfall', () => {
  it('hang together and end at the sum', () => {
    fc.assert(
      fc.property(fc.array(amount, { minLength: 1 }), (changes) => {
        const steps = waterfallSteps(changes);
        steps.forEach(({ from, to }, index) => {
          expect(from).toBe(index === 0 ? 0 : steps[index - 1]?.to);
          expect(to - from).toBe(changes[index]);
        });
        expect(steps.at(-1)?.to).toBe(changes.reduce((sum, change) => sum + change, 0));
      }),
    );
  });
});

describe('a waterfall', () => {
  const part = (id: string, change: number, contribution: number | null, more = {}): WaterfallPart => ({
    id,
    name: id,
    change,
    contribution,
    sure: {
      uncertainty: change > 0 ? { low: 1, high: 9, grade: 'A' } : { low: -9, high: -1, grade: 'A' },
    } as SureFigure,
    ...more,
  });
  const parts = [part('a', 30, 0.3), part('b', -45, -0.45), part('c', 5, 0.05, { muted: true })];
  const draw = (drawn: WaterfallPart[], growth: number | null) =>
    waterfallOption({
      parts: drawn,
      total: { name: '合计变化', change: -10, growth },
      unit: 'money',
      unitName: 'CNY',
      numbers,
      palette,
      t,
    });
  const series = (option: ReturnType<typeof draw>, id: string) =>
    (option.series as { id: string; data: unknown[] }[]).find((one) => one.id === id)?.data as {
      value: number;
      itemStyle: { color: string };
      label: { show: boolean; position: string; formatter: string };
    }[];

  it('is in percentage points where every part has them, and ends with the whole', () => {
    const option = draw(parts, -0.1);
    expect((option.yAxis as { data: string[] }).data).toEqual(['a', 'b', 'c', '合计变化']);
    const above = series(option, 'above');
    const below = series(option, 'below');
    expect(above.map(({ value }) => Number(value.toFixed(6)))).toEqual([0.3, 0.3, 0, 0]);
    expect(below.map(({ value }) => Number(value.toFixed(6)))).toEqual([0, -0.15, -0.05, -0.1]);
    expect(above.map(({ itemStyle }) => itemStyle.color)).toEqual([
      palette.rise,
      palette.fall,
      palette.rest,
      palette.value,
    ]);
    expect(above[0]?.label.formatter).toBe('+30.00');
  });

  it('is grey where chance may have given the sign of a part, or it has no interval', () => {
    const across = { uncertainty: { low: -1, high: 9, grade: 'A' } };
    const option = draw([part('a', 30, 0.3, { sure: across }), part('b', -45, -0.45, { sure: null })], -0.1);
    expect(series(option, 'above').map(({ itemStyle }) => itemStyle.color)).toEqual([
      palette.rest,
      palette.rest,
      palette.value,
    ]);
  });

  it('writes each number once, at the end that the part moves towards', () => {
    const option = draw(parts, -0.1);
    const shown = ['above', 'below'].flatMap((id) =>
      series(option, id).flatMap(({ label }, index) => (label.show ? [[index, id, label.position]] : [])),
    );
    expect(shown.sort()).toEqual([
      [0, 'above', 'right'],
      [1, 'below', 'left'],
      [2, 'below', 'right'],
      [3, 'below', 'left'],
    ]);
  });

  it('is in money where the parts have no percentage points, the whole too', () => {
    const option = draw([part('a', 30, null), part('b', -40, null)], 1032.588);
    expect(option.xAxis).toMatchObject({ name: '增减（CNY）' });
    expect(series(option, 'above').at(-1)?.label.formatter).not.toContain('103,');
  });

  it('is in money where the total has no baseline', () => {
    const option = draw([part('a', 30, null), part('b', -40, null)], null);
    expect(option.xAxis).toMatchObject({ name: '增减（CNY）' });
    expect(series(option, 'above')[0]?.value).toBe(30);
  });
});
