import { readFileSync } from 'node:fs';
import { STATE_ORDER } from '../format/state-style.ts';
import { enClock } from '../i18n/en-clock.ts';
import { enCompare } from '../i18n/en-compare.ts';
import { zhClock } from '../i18n/zh-clock.ts';
import { zhCompare } from '../i18n/zh-compare.ts';
import type { Quadrant } from '@beltline/contract';
import { clockOption, type ClockPoint } from './clock-option.ts';
import { chroma, COLOUR_VISIONS, distance } from './colour-vision.fixture.ts';
import { numbers, palette } from './drawing.fixture.ts';
import { readPalette } from './palette.ts';

const css = readFileSync(new URL('../styles/tokens.css', import.meta.url), 'utf8');
const themes = css.split(/^:root\[data-theme='dark'\] \{/m);

/** A token's value in a theme. */
const tokenIn = (theme: string) => (name: string) =>
  new RegExp(`${name}: (#[0-9a-f]{6});`).exec(theme)?.[1] ?? '';
const channels = (colour: string) => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));

/** WCAG's relative luminance. */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = channels(colour).map((channel) => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

it.each([
  ['light', themes[0] ?? ''],
  ['dark', themes[1] ?? ''],
])('no quadrant of the clock has the colour of a state, and each can be read (%s)', (_name, theme) => {
  const token = tokenIn(theme);
  const quadrants = Object.values(readPalette(token).quadrants);
  const states = STATE_ORDER.map((state) => token(`--state-${state}`));
  expect([...quadrants, ...states]).not.toContain('');
  expect(new Set(quadrants).size).toBe(4);
  for (const quadrant of quadrants) {
    expect(contrast(quadrant, token('--panel'))).toBeGreaterThanOrEqual(4.5);
    for (const state of states) {
      const distance = Math.hypot(
        ...channels(quadrant).map((channel, at) => channel - (channels(state)[at] ?? 0)),
      );
      expect({ quadrant, state, far: distance > 40 }).toEqual({ quadrant, state, far: true });
    }
  }
});

/** Points are small, and far from the legend: ten times what is just noticeable side by side. */
const FAR_APART = 25;

it.each([
  ['light', themes[0] ?? ''],
  ['dark', themes[1] ?? ''],
])('the quadrants are told apart with any colour vision (%s)', (_name, theme) => {
  const quadrants = Object.values(readPalette(tokenIn(theme)).quadrants);
  const near = COLOUR_VISIONS.flatMap((vision) =>
    quadrants.flatMap((one, at) =>
      quadrants
        .slice(at + 1)
        .map((other) => ({ vision, one, other, apart: distance(one, other, vision) }))
        .filter(({ apart }) => apart < FAR_APART),
    ),
  );
  expect(near).toEqual([]);
});

it('colours look alike to those who cannot tell them, so that the test above could fail', () => {
  expect(distance('#000000', '#ffffff')).toBeCloseTo(100, 1);
  expect(distance('#ff0000', '#00ff00')).toBeGreaterThan(150);
  for (const vision of ['protanopia', 'deuteranopia'] as const)
    expect(distance('#b3541e', '#6f7a1e', vision)).toBeLessThan(distance('#b3541e', '#6f7a1e') / 2);
});

/** The clock with a place of each quadrant and certainty, one of them chosen and with a way to it. */
function drawnClock() {
  const quadrants = Object.keys(palette.quadrants) as Quadrant[];
  const points = quadrants.flatMap((quadrant) =>
    (['sure', 'likely', null] as const).map((certainty): ClockPoint => ({
      ...{ id: `${quadrant} ${certainty}`, name: '', x: 0.05, y: 0.01, quadrant, certainty, share: 0.1 },
      ...{ interval: { xLow: 0, xHigh: 0.1, yLow: 0, yHigh: 0.1 }, intervalReason: null },
    })),
  );
  return clockOption({
    ...{ points, named: 2, chosen: points[0]?.id ?? null, trail: points, trailFrom: '' },
    ...{ reach: { x: 0.1, y: 0.1 }, largest: 0.1, numbers, palette, t: (key) => key },
  });
}

it('the clock has no colour but those of its quadrants: neither a state’s, nor those of rising and falling', () => {
  const tokens = new Set(JSON.stringify(drawnClock()).match(/--[\w-]+/g));
  const quadrants = Object.values(palette.quadrants);
  expect([...tokens]).toEqual(expect.arrayContaining(quadrants));
  expect([...tokens].filter((token) => !quadrants.includes(token)).sort()).toEqual([
    '--muted',
    '--panel',
    '--text',
  ]);
});

it.each([
  ['light', themes[0] ?? ''],
  ['dark', themes[1] ?? ''],
])('grey means the same of a place on the clock and of a state: it cannot be told (%s)', (_name, theme) => {
  const token = tokenIn(theme);
  const told = [...Object.values(readPalette(token).quadrants), token('--state-recovered')];
  for (const colour of told) expect({ colour, grey: chroma(colour) < 20 }).toEqual({ colour, grey: false });
  for (const colour of [token('--muted'), token('--state-undetermined'), token('--state-too-little-data')])
    expect({ colour, grey: chroma(colour) < 15 }).toEqual({ colour, grey: true });
});

it('no quadrant is called as a state is, nor as recovery itself', () => {
  for (const [clock, words] of [
    [zhClock.clock, zhCompare],
    [enClock.clock, enCompare],
  ] as const) {
    const quadrants = Object.values(clock.quadrant);
    for (const taken of [...Object.values(words.state), '复苏', '恢复', 'Recovery'])
      expect(quadrants).not.toContain(taken);
  }
});
