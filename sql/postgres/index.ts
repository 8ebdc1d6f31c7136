export { AnnotationEntity } from './annotation.entity.ts';
export { openPostgres, type PostgresLocation, type PostgresStore } from './data-source.ts';
export { StoreBusyError } from './owner-file.ts';
