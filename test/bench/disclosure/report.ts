import { print } from '../api-measure.ts';
import { type Bound, OFF, type Passed } from './passed.ts';

/** `bound` null: nobody asked for it. */
export type Bounded = Passed & { readonly bound: Bound | null };

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const ratio = (one: number, other: number): string => (other === 0 ? '1.00' : (one / other).toFixed(2));
const sum = (of: readonly number[]): number => of.reduce((total, one) => total + one, 0);

/** Of the demo's officials. */
const REGIONS = [
  ['浙江省', 'Zhejiang'],
  ['广东省', 'Guangdong'],
] as const;

/** A table in one line, as it is done. */
export function lineOf({ name, lost, cells, breaches, off, seconds, seen, bound }: Bounded): string {
  const least = bound ? `, at least ${percent(bound.value)}: ${ratio(lost.gate, bound.value)}` : '';
  const open = Object.entries(off).map(([defence, found]) => `${defence} ${found}`);
  const ofRegions = REGIONS.flatMap(([province, english]) => {
    const { ofBelt, ofBeltOrCity } = seen[province] ?? {};
    if (ofBelt === undefined || ofBeltOrCity === undefined) return [];
    return [
      `${english} sees ${percent(ofBelt)} of its belts by track, ${percent(ofBeltOrCity)} of belt or city`,
    ];
  });
  return [
    `  ${name}: ${percent(lost.gate)} of the value, ${cells.gate} of ${cells.all} cells${least}`,
    `${breaches} breaches (without ${open.join(', ')})`,
    ...ofRegions,
    `pattern ${seconds.pattern.toFixed(0)} s, audit ${seconds.audit.toFixed(1)} s of the processor`,
  ].join('; ');
}

/** Several tables together. */
export function report(title: string, passed: readonly Bounded[]): void {
  print(`${title}: ${passed.length}`);
  for (const step of ['table', 'pattern', 'audit'] as const) {
    const seconds = passed.map((one) => one.seconds[step]);
    const mean = (sum(seconds) / passed.length).toFixed(2);
    print(`  ${step.padEnd(8)} ${mean} s of the processor each, ${Math.max(...seconds).toFixed(2)} at most`);
  }
  print(`  breaches: ${sum(passed.map(({ breaches }) => breaches))}`);
  for (const defence of OFF) {
    const found = passed.flatMap(({ off }) => off[defence] ?? []);
    const tables = `in ${found.filter((one) => one > 0).length} of ${found.length}`;
    if (found.length > 0) print(`    without ${defence}: ${sum(found)}, ${tables}`);
  }
  print(`  withheld as a whole: ${passed.filter(({ isWhole }) => isWhole).length}`);
  for (const kind of ['primary', 'gate', 'naive'] as const)
    withheld(kind, passed, ({ lost, cells }) => [lost[kind], cells[kind]]);
  gap(passed.flatMap(({ bound, ...one }) => (bound ? [{ ...one, bound }] : [])));
}

function withheld(
  kind: string,
  passed: readonly Passed[],
  of: (one: Passed) => [value: number, cells: number],
): void {
  const all = passed.map(of);
  const [value, cells] = [sum(all.map(([one]) => one)) / passed.length, sum(all.map(([, one]) => one))];
  print(
    `  ${kind.padEnd(8)} ${percent(value)} of the value, ${cells} of ${sum(passed.map((one) => one.cells.all))} cells`,
  );
}

/** What the gate withholds beside the least, what is withheld for itself included in both. */
function gap(passed: readonly (Passed & { readonly bound: Bound })[]): void {
  if (passed.length === 0) return;
  const [gate, least] = [
    sum(passed.map(({ lost }) => lost.gate)),
    sum(passed.map(({ bound }) => bound.value)),
  ];
  const [cells, leastCells] = [
    sum(passed.map((one) => one.cells.gate)),
    sum(passed.map(({ bound }) => bound.cells)),
  ];
  const each = passed.map(({ lost, bound }) => Number(ratio(lost.gate, bound.value)));
  const [low, high] = [Math.min(...each), Math.max(...each)].map((one) => one.toFixed(2));
  const share = percent(least / passed.length);
  print(`  at least ${share} of the value, ${leastCells} cells, of ${passed.length}; ${bySeconds(passed)}`);
  print(
    `  the gate by the least: ${ratio(gate, least)} of the value (${low} to ${high}), ${ratio(cells, leastCells)} of cells`,
  );
}

const bySeconds = (passed: readonly { readonly bound: Bound }[]): string => {
  const whole = passed.filter(({ bound }) => bound.isWhole).length;
  const seconds = sum(passed.map(({ bound }) => bound.seconds)) / passed.length;
  return `${whole} with all cuts, ${seconds.toFixed(0)} s of the processor each`;
};
