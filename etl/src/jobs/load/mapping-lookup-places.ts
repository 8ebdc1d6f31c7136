/**
 * A lookup's own places: its subquery may take the last row of a key by them, and no more. What else is made of them would number lines
 * by where a row of the lookup stands, which is another place in the next export. Judged on what the engine makes of the SELECT,
 * where each name, star and pattern is the column it stands for, and followed through subqueries, which may pass a place on.
 */

export interface ResolvedNode {
  /** Two for each level. */
  readonly depth: number;
  readonly text: string;
}

const PLACES = ['_line', '_file_no'];
const QUERY = /^QUERY id: (\d+)/;

/**
 * @param nodes what the engine makes of the SELECT, depth first
 * @param facts id of the table of the records, whose places are judged by themselves
 * @returns whether something but the choice of a row hangs on the place of a lookup's row
 */
export function hangsOnLookupPlaces(nodes: readonly ResolvedNode[], facts: string | undefined): boolean {
  const tree = new Tree(nodes);
  return nodes.some((_, index) => {
    if (tree.sourceOf(index) === facts || !tree.isPlace(index)) return false;
    const query = tree.above(index).find((at) => QUERY.test(tree.text(at)));
    if (query === undefined || query === 0) return true;
    return !tree.isPassedOn(index) && !tree.choosesRow(index);
  });
}

class Tree {
  private readonly byId = new Map<string, number>();

  constructor(private readonly nodes: readonly ResolvedNode[]) {
    for (const [index, { text }] of nodes.entries()) {
      const id = /^(?:TABLE|QUERY|UNION) id: (\d+)/.exec(text)?.[1];
      if (id !== undefined && !this.byId.has(id)) this.byId.set(id, index);
    }
  }

  text = (index: number): string => this.nodes[index]?.text ?? '';

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

  sourceOf = (index: number): string | undefined =>
    /^COLUMN id: .*, source_id: (\d+)/.exec(this.text(index))?.[1];

  /** A column of a place, or one that a subquery passed on. */
  isPlace(index: number): boolean {
    const name = /^COLUMN id: \d+, column_name: (.*), result_type: /.exec(this.text(index))?.[1];
    const source = this.byId.get(this.sourceOf(index) ?? '');
    if (name === undefined || source === undefined) return false;
    if (this.text(source).startsWith('TABLE id:')) return PLACES.includes(name);
    const queries = QUERY.test(this.text(source)) ? [source] : this.queriesOf(source);
    const [first] = queries;
    if (first === undefined) return true; // what is not known is not trusted
    const names = this.children(this.section(first, 'PROJECTION COLUMNS'));
    return names.some(
      (at, place) =>
        this.text(at).startsWith(`${name} `) && queries.some((query) => this.passesOn(query, place)),
    );
  }

  /** To a SELECT that reads from its subquery, and not to what compares with it (IN), takes it as a value, or leaves out rows by it. */
  isPassedOn(index: number): boolean {
    const [list = -1, section = -1, query = -1, ...outside] = this.above(index);
    if (!this.text(list).startsWith('LIST id:') || this.text(section) !== 'PROJECTION') return false;
    const reader = outside.findIndex((at) => QUERY.test(this.text(at)));
    return ![query, ...outside.slice(0, reader)].some((at) =>
      /^(FUNCTION id:|EXPRESSION$|UNION id: .*union_mode: (?!UNION_))/.test(this.text(at)),
    );
  }

  /** By ORDER BY of its subquery, or as that by which argMax and argMin take theirs. */
  choosesRow(index: number): boolean {
    const above = this.above(index);
    const query = above.findIndex((at) => QUERY.test(this.text(at)));
    const inside = above.slice(0, query);
    if (inside.some((at) => this.text(at) === 'ORDER BY')) return this.takesFirst(above[query] ?? -1, inside);
    const path = [index, ...inside];
    const call = path.findIndex((at) => /^FUNCTION id: \d+, function_name: (?!tuple,)/.test(this.text(at)));
    const [arguments_, list = -1, argument = -1] = [path[call - 1], path[call - 2], path[call - 3]];
    return (
      arguments_ !== undefined &&
      // A state holds the place itself, and can be read.
      /function_name: arg(Max|Min)(?!\w*State)/i.test(this.text(path[call] ?? -1)) &&
      this.children(list).indexOf(argument) === 1
    );
  }

  /** Rows behind the first are told apart by how many are skipped, or filled up by their places: that counts them. */
  private takesFirst(query: number, inside: readonly number[]): boolean {
    return (
      !inside.some((at) => /^SORT id: .*with_fill: 1/.test(this.text(at))) &&
      !this.children(query).some((at) => /^(LIMIT BY )?OFFSET$/.test(this.text(at)))
    );
  }

  private depth = (index: number): number => this.nodes[index]?.depth ?? 0;

  private children(index: number): number[] {
    const found: number[] = [];
    const depth = this.depth(index);
    for (let at = index + 1; at < this.nodes.length && this.depth(at) > depth; at++)
      if (this.depth(at) === depth + 2) found.push(at);
    return found;
  }

  private section = (query: number, name: string): number =>
    this.children(query).find((at) => this.text(at) === name) ?? this.nodes.length;

  /** Of a UNION, whose columns are called as those of its first. */
  private queriesOf(union: number): number[] {
    const [list = this.nodes.length] = this.children(this.section(union, 'QUERIES'));
    return this.children(list).flatMap((at) => (QUERY.test(this.text(at)) ? [at] : this.queriesOf(at)));
  }

  private passesOn(query: number, place: number): boolean {
    const [list = this.nodes.length] = this.children(this.section(query, 'PROJECTION'));
    const column = this.children(list)[place];
    return column === undefined || this.isPlace(column);
  }
}
