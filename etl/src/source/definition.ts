import type { ColumnFormat } from './formats.ts';

/** What a source of orders declares of itself in `source.yaml`, checked and with defaults filled in. */
export interface SourceDefinition {
  readonly id: string;
  readonly name: { readonly zh: string; readonly en: string };
  /** ISO 4217 code of every amount. */
  readonly currency: string;
  /** Time zone of timestamps that carry no offset of their own. */
  readonly timeZone: string;
  /** Time zone in which days and months are cut. */
  readonly businessTimeZone: string;
  /** ISO 3166-1 alpha-2 code; a buyer or destination elsewhere is abroad. */
  readonly homeCountry: string;
  /** A load with a larger share of rejected rows is refused. */
  readonly maxRejectedShare: number;
  /** `full`: each load brings every line of the months it covers, so that a line that is gone is withdrawn. */
  readonly mode: 'changes' | 'full';
  /** What the source does not know of every line: such lines are without it, and count in all that does not count buyers, or SKUs. */
  readonly unknown?: readonly ('buyer' | 'sku')[] | undefined;
  /** What puts records of a line in order: their `updated_at` (also where it is left out), or the loads that bring them. */
  readonly order?: 'updated_at' | 'load' | undefined;
  /** Of the lines in force in the months that a full load covers: the share beyond which withdrawing them is refused. */
  readonly maxWithdrawnShare: number;
  /** Absolute path of the source's folder. */
  readonly folder: string;
  readonly tables: readonly TableDefinition[];
  /** File names, in the source's folder, of the SELECTs that map the landed tables to the canonical model. */
  readonly select: {
    readonly orderLines: string;
    readonly merchants: string;
    readonly memberships: string;
    readonly belts: string;
  };
}

/** Where the columns of a table stand in files of one header; `columns` of the table are then those of that header. */
export interface Layout {
  /** Number of the header among those of the table's files, from 0. */
  readonly no: number;
  /** The columns that the source declares, in its order. */
  readonly declared: readonly string[];
}

/** What a text file may be written in. UTF-16 by its byte order mark, else with the lower half first. */
export const TEXT_ENCODINGS = ['utf-8', 'gb18030', 'big5', 'utf-16'] as const;
export type TextEncoding = (typeof TEXT_ENCODINGS)[number];

/** One kind of file of a source, which is landed as one table of text columns. */
export interface TableDefinition {
  readonly table: string;
  readonly role: 'facts' | 'lookup';
  /** Glob (`*`, `?`, `{a,b}`) on a file's base name. */
  readonly match: string;
  /** True where a load may do without a file of this table; the table is then empty. */
  readonly optional: boolean;
  readonly format: 'csv' | 'tsv' | 'jsonl' | 'parquet' | 'xlsx';
  /** Name of the sheet of a workbook; the first one that is not hidden where it is left out. */
  readonly sheet?: string | undefined;
  /** Row of a workbook that holds the header, the first unless said; what stands above it is left out. */
  readonly headerRow?: number | undefined;
  readonly encoding: TextEncoding;
  /** One ASCII character; only CSV has a choice. */
  readonly delimiter: string;
  readonly columns: readonly string[];
  /**
   * What a file's header may be: the columns in their order (`exact`, also where it is left out), in any order, or in any order with others
   * between, which are not read.
   */
  readonly header?: 'exact' | 'any-order' | 'with-others' | undefined;
  /** Of files whose header is another than `columns`: see landing/layouts.ts. */
  readonly layout?: Layout | undefined;
  /** How values are written, by column; those of other columns are passed on as they are. */
  readonly formats?: Readonly<Record<string, ColumnFormat>> | undefined;
  /** File in the source's folder that is used when no given file matches, such as a registry. */
  readonly file?: string | undefined;
}
