export { AnnotationEntity } from './annotation.entity.ts';
export { openPostgres, type PostgresLocation, type PostgresStore } from './data-source.ts';
export { StoreDamagedError } from './embedded-folder.ts';
export { StoreBusyError } from './owner-lock.ts';
