/**
 * What is published as a reader sees it who adds up: every withheld cell is an unknown that is not negative, every total an equation. It
 * is made of names and numbers alone, by code of its own: the gate's idea of what adds up is one of the things to be checked.
 */

export interface PublishedRow {
  readonly level: string;
  readonly area: string;
  readonly by: 'track' | 'combination' | 'part';
  readonly key: string | number;
  readonly values: readonly number[] | null;
}

/** Which belts there are, and where; that is public. */
export interface PublicBelt {
  readonly id: string;
  readonly city: string;
  readonly province: string;
  readonly category: string;
  /** What the area of all belts is called; of one month it has no name. */
  readonly nation?: string;
}

export interface AreaName {
  readonly level: string;
  readonly area: string;
}

/** An area that is the sum of others, beside what follows from where belts lie: of several months, say. */
export interface SummedArea {
  readonly total: AreaName;
  readonly below: readonly AreaName[];
}

/** Which combinations a track is made of; that is public too. */
export interface PublicTrack {
  readonly key: string;
  readonly bit: number;
  /** A part of another track, told apart in parts of combinations alone. */
  readonly isPart: boolean;
}

/** Σ signs × unknowns = total, a total a measure. */
export interface Sum {
  readonly unknowns: readonly number[];
  readonly signs: readonly number[];
  readonly totals: readonly number[];
}

export interface Unknowns {
  readonly count: number;
  /** The unknown of a row's name; undefined where it is published. */
  readonly of: ReadonlyMap<string, number>;
  readonly sums: readonly Sum[];
  /** Sums of areas by track and by combination, which follow from those, and are what a reader sees first. */
  readonly implied: readonly Sum[];
}

export const rowName = ({ level, area, by, key }: Omit<PublishedRow, 'values'>): string =>
  `${level}|${area}|${by}|${key}`;

export interface Publication {
  readonly belts: readonly PublicBelt[];
  readonly tracks: readonly PublicTrack[];
  readonly measures: number;
  readonly rows: readonly PublishedRow[];
  readonly sums?: readonly SummedArea[];
}

export function unknownsOf({ belts, tracks, measures, rows, sums: summed = [] }: Publication): Unknowns {
  const row = new Map(rows.map((one) => [rowName(one), one]));
  const merged = new Merged(rows.filter(({ values }) => values === null).map(rowName));
  const partBits = tracks.filter(({ isPart }) => isPart).reduce((bits, { bit }) => bits | bit, 0);
  const [sums, implied]: [NamedSum[], NamedSum[]] = [[], []];
  const add = (total: string, parts: readonly string[], to = sums) => {
    const there = parts.filter((part) => row.has(part));
    if (!row.has(total)) return;
    const [only] = there;
    // A total of one part is that part under another name.
    if (there.length === 1 && only !== undefined && merged.has(total) && merged.has(only))
      merged.join(total, only);
    else to.push({ total, parts: there });
  };
  const keysOf = (by: PublishedRow['by']) => [
    ...new Set(rows.filter((one) => one.by === by).map(({ key }) => key)),
  ];
  const [parts, combinations] = [keysOf('part').map(Number), keysOf('combination').map(Number)];
  for (const { level, area } of new Map(rows.map((one) => [`${one.level}|${one.area}`, one])).values()) {
    const name = (by: PublishedRow['by'], key: string | number) => rowName({ level, area, by, key });
    for (const combination of combinations)
      add(
        name('combination', combination),
        parts.filter((part) => (part & ~partBits) === combination).map((part) => name('part', part)),
      );
    for (const { key, bit, isPart } of tracks) {
      const finer = isPart ? parts : combinations;
      const inside = finer.filter((one) => bit === 0 || (one & bit) !== 0);
      add(
        name('track', key),
        inside.map((one) => name(isPart ? 'part' : 'combination', one)),
      );
    }
  }
  for (const { total, below } of [...hierarchy(belts), ...summed]) {
    const addAreas = (by: PublishedRow['by'], key: string | number, to: NamedSum[]) =>
      add(
        rowName({ ...total, by, key }),
        below.map((area) => rowName({ ...area, by, key })),
        to,
      );
    for (const part of parts) addAreas('part', part, sums);
    for (const combination of combinations) addAreas('combination', combination, implied);
    for (const { key } of tracks) addAreas('track', key, implied);
  }
  const numbers = merged.numbers();
  const valueOf = (name: string, measure: number) => row.get(name)?.values?.[measure] ?? 0;
  const equationOf = ({ total, parts: all }: NamedSum): Sum => {
    const terms = [[total, -1] as const, ...all.map((part) => [part, 1] as const)];
    const unknown = terms.filter(([name]) => merged.has(name));
    const known = terms.filter(([name]) => !merged.has(name));
    return {
      unknowns: unknown.map(([name]) => numbers.of.get(name) ?? -1),
      signs: unknown.map(([, sign]) => sign),
      totals: Array.from({ length: measures }, (_, measure) =>
        known.reduce((sum, [name, sign]) => sum - sign * valueOf(name, measure), 0),
      ),
    };
  };
  const told = (named: readonly NamedSum[]) =>
    named.map(equationOf).filter(({ unknowns }) => unknowns.length > 0);
  return { ...numbers, sums: told(sums), implied: told(implied) };
}

interface NamedSum {
  readonly total: string;
  readonly parts: readonly string[];
}

function hierarchy(belts: readonly PublicBelt[]): SummedArea[] {
  const links = new Map<string, { total: AreaName; below: Map<string, AreaName> }>();
  const link = (kind: string, total: AreaName, part: AreaName) => {
    const key = `${kind}|${total.level}|${total.area}`;
    const one = links.get(key) ?? { total, below: new Map<string, AreaName>() };
    links.set(key, { total, below: one.below.set(part.area, part) });
  };
  for (const { id, city, province, category, nation: all = '' } of belts) {
    const belt = { level: 'belt', area: id };
    const ofCity = { level: 'city', area: `${province}/${city}` };
    const ofProvince = { level: 'province', area: province };
    const ofCategory = { level: 'category', area: category };
    const nation = { level: 'nation', area: all };
    link('belts', ofCity, belt);
    link('cities', ofProvince, ofCity);
    link('provinces', nation, ofProvince);
    link('belts', ofCategory, belt);
    link('categories', nation, ofCategory);
  }
  return [...links.values()].map(({ total, below }) => ({ total, below: [...below.values()] }));
}

/** Names of one unknown. */
class Merged {
  private readonly parents = new Map<string, string>();

  constructor(names: readonly string[]) {
    for (const name of names) this.parents.set(name, name);
  }

  has(name: string): boolean {
    return this.parents.has(name);
  }

  private root(name: string): string {
    const parent = this.parents.get(name) ?? name;
    if (parent === name) return name;
    const root = this.root(parent);
    this.parents.set(name, root);
    return root;
  }

  join(one: string, other: string): void {
    this.parents.set(this.root(one), this.root(other));
  }

  numbers(): { of: Map<string, number>; count: number } {
    const roots = new Map<string, number>();
    const of = new Map<string, number>();
    for (const name of this.parents.keys()) {
      const root = this.root(name);
      const no = roots.get(root) ?? roots.size;
      roots.set(root, no);
      of.set(name, no);
    }
    return { of, count: roots.size };
  }
}
