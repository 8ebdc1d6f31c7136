import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How often somebody entered an address is told by the mails that asked there: an address that is removed took its count along. */
export class AskedAddresses1764000000022 implements MigrationInterface {
  readonly name = 'AskedAddresses1764000000022';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE mail_addresses DROP COLUMN asked_since, DROP COLUMN asked');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE mail_addresses
      ADD COLUMN asked_since timestamptz NOT NULL DEFAULT now(), ADD COLUMN asked smallint NOT NULL DEFAULT 1`);
  }
}
