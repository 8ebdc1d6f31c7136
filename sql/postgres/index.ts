export { AnnotationEntity } from './annotation.entity.ts';
export { openPostgres, type PostgresLocation, type PostgresStore, StoreBusyError } from './data-source.ts';
export { StoreUnreachableError } from './server-store.ts';
export { StoreDamagedError } from './embedded-folder.ts';
