export type { SourceDefinition, TableDefinition, TextEncoding } from './definition.ts';
export { assignFiles, type AssignedFile } from './assign-files.ts';
export { readSmallText } from './small-text.ts';
export { listSources, readSource, SourceFault } from './read-source.ts';
export { columnName, MOST_COLUMNS, sourceId } from './schema.ts';
