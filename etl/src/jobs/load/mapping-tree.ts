/** What the engine makes of a SELECT (EXPLAIN QUERY TREE), where each name, star and pattern is the column that it stands for. */

export interface ResolvedNode {
  /** Two for each level. */
  readonly depth: number;
  readonly text: string;
}

/** Columns that say where a record stands: in which file, and in which line of it. */
export const PLACES = ['_line', '_file_no'];

const QUERY = /^QUERY id: (\d+)/;

/** The nodes of a SELECT by their index, depth first; the first is the SELECT itself, or a UNION of several. */
export class ResolvedTree {
  private readonly byId = new Map<string, number>();

  constructor(private readonly nodes: readonly ResolvedNode[]) {
    for (const [index, { text }] of nodes.entries()) {
      const id = /^(?:TABLE|QUERY|UNION) id: (\d+)/.exec(text)?.[1];
      if (id !== undefined && !this.byId.has(id)) this.byId.set(id, index);
    }
  }

  get indexes(): number[] {
    return [...this.nodes.keys()];
  }

  text = (index: number): string => this.nodes[index]?.text ?? '';

  isQuery = (index: number): boolean => QUERY.test(this.text(index));

  /** Nodes above a node, the nearest first. */
  above(index: number): number[] {
    const chain: number[] = [];
    let depth = this.depth(index);
    for (let at = index - 1; at >= 0 && depth > 0; at--)
      if (this.depth(at) < depth) {
        chain.push(at);
        depth = this.depth(at);
      }
    return chain;
  }

  children(index: number): number[] {
    const found: number[] = [];
    const depth = this.depth(index);
    for (let at = index + 1; at < this.nodes.length && this.depth(at) > depth; at++)
      if (this.depth(at) === depth + 2) found.push(at);
    return found;
  }

  /** A section of a query or a function, as `ARGUMENTS`; what is behind the last node where it has none. */
  section = (index: number, name: string): number =>
    this.children(index).find((at) => this.text(at) === name) ?? this.nodes.length;

  /** What stands in the list of a section. */
  listed(index: number, name: string): number[] {
    const [list = this.nodes.length] = this.children(this.section(index, name));
    return this.children(list);
  }

  functionName = (index: number): string | undefined =>
    /^FUNCTION id: \d+, function_name: (\w+)/.exec(this.text(index))?.[1];

  sourceOf = (index: number): string | undefined =>
    /^COLUMN id: .*, source_id: (\d+)/.exec(this.text(index))?.[1];

  /** The SELECTs whose rows are those of the whole. */
  outermost = (): number[] => (this.isQuery(0) ? [0] : this.queriesOf(0));

  /** Of the column of the whole that a node belongs to; undefined where it belongs to none. */
  outputColumn(index: number): string | undefined {
    const path = [index, ...this.above(index)];
    const section = path.findIndex((at) => this.text(at) === 'PROJECTION');
    const [item, list, query] = [path[section - 2], path[section - 1], path[section + 1]];
    const [first] = this.outermost();
    if (item === undefined || list === undefined || query === undefined || first === undefined)
      return undefined;
    if (!this.outermost().includes(query)) return undefined;
    const name = this.children(this.section(first, 'PROJECTION COLUMNS'))[this.children(list).indexOf(item)];
    return name === undefined ? undefined : this.text(name).split(' ')[0];
  }

  /** A column of a place, or one that a subquery passed on. */
  isPlace(index: number): boolean {
    const name = /^COLUMN id: \d+, column_name: (.*), result_type: /.exec(this.text(index))?.[1];
    const source = this.byId.get(this.sourceOf(index) ?? '');
    if (name === undefined || source === undefined) return false;
    if (this.text(source).startsWith('TABLE id:')) return PLACES.includes(name);
    const queries = this.isQuery(source) ? [source] : this.queriesOf(source);
    const [first] = queries;
    if (first === undefined) return true; // what is not known is not trusted
    const names = this.children(this.section(first, 'PROJECTION COLUMNS'));
    return names.some(
      (at, place) =>
        this.text(at).startsWith(`${name} `) && queries.some((query) => this.passesOn(query, place)),
    );
  }

  private depth = (index: number): number => this.nodes[index]?.depth ?? 0;

  /** Of a UNION, whose columns are called as those of its first. */
  private queriesOf(union: number): number[] {
    return this.listed(union, 'QUERIES').flatMap((at) => (this.isQuery(at) ? [at] : this.queriesOf(at)));
  }

  private passesOn(query: number, place: number): boolean {
    const column = this.listed(query, 'PROJECTION')[place];
    return column === undefined || this.isPlace(column);
  }
}
