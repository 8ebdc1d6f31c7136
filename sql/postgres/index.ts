export { AnnotationEntity } from './annotation.entity.ts';
export { openPostgres, type PostgresLocation, type PostgresStore, StoreBusyError } from './data-source.ts';
export { StoreDamagedError } from './embedded-folder.ts';
