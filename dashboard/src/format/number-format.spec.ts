import { createNumberFormat } from './number-format.ts';

const zh = createNumberFormat('zh-CN', { currency: 'CNY', exactNumbers: false });
const en = createNumberFormat('en', { currency: 'CNY', exactNumbers: false });

describe('compact numbers', () => {
  it('count in 万 and 亿 in Chinese, always with as many digits', () => {
    expect(zh.compact(13_160_000, 'orders')).toBe('1316万');
    expect(zh.compact(4_320_000_000, 'pieces')).toBe('43.20亿');
    expect(zh.compact(4_320_000_000, 'money')).toBe('¥43.20亿');
  });

  it('count in K, M and B in English, and name the currency without doubt', () => {
    expect(en.compact(13_160_000, 'orders')).toBe('13.16M');
    expect(en.compact(75_680_000_000, 'money')).toBe('CN¥75.68B');
    expect(
      createNumberFormat('en', { currency: 'BRL', exactNumbers: false }).compact(1_500_000, 'money'),
    ).toBe('R$1.500M');
  });

  it('leave small numbers whole', () => {
    expect(zh.compact(9_999, 'merchants')).toBe('9,999');
    expect(zh.compact(0, 'money')).toBe('¥0');
    expect(zh.compact(-1234.5, 'money')).toBe('-¥1,235');
  });

  it('have no sign where they round to nothing', () => {
    for (const format of [zh, en])
      for (const value of [-0.3, 0.3, -0, 0]) {
        const told = [
          ...[format.compact(value, 'money'), format.signed(value, 'money'), format.exact(value, 'orders')],
          ...[
            format.rough(-0, 'pieces'),
            format.axis(-0),
            format.index(value / 100),
            format.signedPercent(value / 1_000),
          ],
          ...[
            format.axisPercent(value / 1_000),
            format.coefficient(value / 1_000),
            format.finePercent(value / 1e5),
          ],
        ];
        for (const text of told) expect(text).not.toMatch(/[-+−]/);
      }
    expect(zh.signed(-0.7, 'money')).toBe('-¥1');
    expect(zh.signed(0.7, 'money')).toBe('+¥1');
  });

  it('count whole things, also in estimates', () => {
    expect(zh.compact(181.37, 'orders')).toBe('181');
    expect(en.exact(1_234.5, 'pieces')).toBe('1,235');
    expect(en.exact(1.25, 'ratio')).toBe('1.25');
  });

  it('stay readable on axes, without digits that say nothing', () => {
    expect(zh.axis(2_000_000_000)).toBe('20亿');
    expect(zh.axis(0)).toBe('0');
    expect(en.axis(2_500_000)).toBe('2.5M');
  });
});

describe('exact numbers', () => {
  it('keep every digit, cents included', () => {
    expect(zh.exact(552_495_229.44, 'money')).toBe('¥552,495,229.44');
    expect(zh.exact(13_160_001, 'orders')).toBe('13,160,001');
  });

  it('are shown everywhere when asked for', () => {
    const exact = createNumberFormat('zh-CN', { currency: 'CNY', exactNumbers: true });
    expect(exact.shown(13_160_001, 'orders')).toBe('13,160,001');
    expect(zh.shown(13_160_001, 'orders')).toBe('1316万');
  });
});

describe('ratios', () => {
  it('carry their sign, and none for zero', () => {
    expect(zh.signedPercent(0.7034)).toBe('+70.3%');
    expect(zh.signedPercent(-0.0812)).toBe('-8.1%');
    expect(zh.signedPercent(0.0001)).toBe('0.0%');
    expect(zh.percent(0.3571)).toBe('35.7%');
    expect(zh.signedPoints(0.01234)).toBe('+1.23');
  });

  it('are nothing only where they are nothing', () => {
    expect([0, 0.000_2, 0.000_499, 0.000_5, 0.001].map((ratio) => en.percent(ratio))).toEqual([
      ...['0.0%', '<0.1%', '<0.1%', '0.1%', '0.1%'],
    ]);
  });
});

it('writes bytes and signed changes', () => {
  expect(en.bytes(18_233_441)).toBe('18.2 MB');
  expect(en.bytes(0)).toBe('0 byte');
  expect(zh.signed(18_780_000, 'orders')).toBe('+1878万');
  expect(zh.signed(-18_780_000, 'money')).toBe('-¥1878万');
});
