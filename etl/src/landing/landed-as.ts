import type { TableDefinition } from '../source/definition.ts';

/** A table of workbooks is landed as one of TSV. */
export const landedAs = (table: TableDefinition): TableDefinition =>
  table.format === 'xlsx' ? { ...table, format: 'tsv', delimiter: '\t' } : table;
