/**
 * Linear programmes that are solved again and again with other bounds or costs: one model each, kept warm. HiGHS runs as
 * WebAssembly in this thread, and its memory is not collected: whoever makes a programme disposes of it.
 */
import loadHighs, { type Highs, type Model } from 'highs';

let loaded: Promise<Highs> | null = null;
// The package's types are those of its CommonJS build; what an import gets is the function itself.
const load = loadHighs as unknown as typeof loadHighs.default;
/** Loads the solver once in a process. Its calls do not wait from then on. */
export const loadSolver = (): Promise<Highs> => (loaded ??= load());

export interface ProgrammeRow {
  readonly columns: readonly number[];
  readonly coefficients: readonly number[];
  readonly lower: number;
  readonly upper: number;
}

export interface ProgrammeColumns {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly cost: Float64Array;
}

export interface Solved {
  readonly objective: number;
  readonly values: Float64Array;
  readonly rowDuals: Float64Array;
}

/** Primal simplex stays feasible when costs change, dual when bounds do or rows are added. */
const STRATEGY = { primal: 4, dual: 1 };

/** The solver found neither an optimum nor that there is none: nothing is known. */
export class SolverGaveUpError extends Error {
  override readonly name = 'SolverGaveUpError';
}

export interface ProgrammeOptions {
  readonly sense: 'minimise' | 'maximise';
  readonly simplex: keyof typeof STRATEGY;
  /** Whether the first solution, which has no basis to start from, is of the programme made smaller first: of large ones it takes a fifth of the time. */
  readonly presolvesFirst?: boolean;
}

export class LinearProgramme {
  private readonly model: Model;
  private presolvesNext: boolean;

  constructor(
    private readonly highs: Highs,
    columns: ProgrammeColumns,
    rows: readonly ProgrammeRow[],
    { sense, simplex, presolvesFirst = false }: ProgrammeOptions,
  ) {
    this.presolvesNext = presolvesFirst;
    const starts = new Int32Array(rows.length + 1);
    rows.forEach((row, index) => (starts[index + 1] = (starts[index] ?? 0) + row.columns.length));
    this.model = highs.createModel({
      numCols: columns.cost.length,
      numRows: rows.length,
      colCost: columns.cost,
      colLower: columns.lower,
      colUpper: columns.upper,
      rowLower: rows.map(({ lower }) => lower),
      rowUpper: rows.map(({ upper }) => upper),
      matrix: {
        format: 'csr',
        numCols: columns.cost.length,
        numRows: rows.length,
        starts,
        indices: Int32Array.from(rows.flatMap((row) => row.columns)),
        values: Float64Array.from(rows.flatMap((row) => row.coefficients)),
      },
    });
    const { minimize, maximize } = highs.constants.objectiveSense;
    this.model.changeObjectiveSense(sense === 'minimise' ? minimize : maximize);
    // Presolving takes longer than a solution from the last basis.
    this.model.options.set({
      output_flag: false,
      presolve: presolvesFirst ? 'on' : 'off',
      simplex_strategy: STRATEGY[simplex],
    });
  }

  bound(column: number, lower: number, upper: number): void {
    this.model.changeColBounds(column, lower, upper);
  }

  boundAll(lower: Float64Array, upper: Float64Array): void {
    this.model.changeColsBounds({ kind: 'range', from: 0, to: lower.length - 1 }, lower, upper);
  }

  rowBoundAll(lower: Float64Array, upper: Float64Array): void {
    this.model.changeRowsBounds({ kind: 'range', from: 0, to: lower.length - 1 }, lower, upper);
  }

  cost(column: number, cost: number): void {
    this.model.changeColCost(column, cost);
  }

  costAll(costs: Float64Array): void {
    this.model.changeColsCost({ kind: 'range', from: 0, to: costs.length - 1 }, costs);
  }

  coefficient(row: number, column: number, value: number): void {
    this.model.changeCoefficient(row, column, value);
  }

  addRow({ columns, coefficients, lower, upper }: ProgrammeRow): void {
    this.model.addRow(lower, upper, {
      indices: Int32Array.from(columns),
      values: Float64Array.from(coefficients),
    });
  }

  deleteRow(row: number): void {
    this.model.deleteRows({ kind: 'range', from: row, to: row });
  }

  /**
   * The optimum; null where no values fulfil all rows; infinite, with values of no meaning, where there is no bound.
   * @throws SolverGaveUpError where the solver gave up, which is no answer.
   */
  solve(): Solved | null {
    const { infeasible, optimal, unbounded } = this.highs.constants.modelStatus;
    let status = this.run();
    if (status !== optimal && status !== infeasible && status !== unbounded) {
      // A basis that has become ill-conditioned: once more from the beginning.
      this.model.clearSolver();
      status = this.run();
    }
    if (status === infeasible) return null;
    if (status !== optimal && status !== unbounded)
      throw new SolverGaveUpError(`the solver ended with status ${String(status)}`);
    const { colValue, rowDual } = this.model.getSolution();
    const objective = status === unbounded ? Infinity : this.model.getObjectiveValue();
    return { objective, values: colValue, rowDuals: rowDual };
  }

  /** Forgets the last basis. */
  restart(): void {
    this.model.clearSolver();
  }

  private run(): number {
    this.model.run();
    const status = this.model.getModelStatus();
    if (this.presolvesNext) this.model.options.set({ presolve: 'off' });
    this.presolvesNext = false;
    return status;
  }

  dispose(): void {
    this.model.dispose();
  }
}
