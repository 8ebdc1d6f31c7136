import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The audit is read by event, by who did it and by time, each the newest first. */
export class AuditFilters1764000000007 implements MigrationInterface {
  readonly name = 'AuditFilters1764000000007';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX audit_by_event ON audit (event, position)');
    await runner.query('CREATE INDEX audit_by_actor ON audit (actor, position)');
    await runner.query('CREATE INDEX audit_by_time ON audit (at, position)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX audit_by_event, audit_by_actor, audit_by_time');
  }
}
