import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A record of the audit. `digest` is over all other columns, `previous` the digest of the record before. */
@Entity({ name: 'audit' })
export class AuditEntity {
  /** 1, 2, 3 … without a gap. As text whatever the driver gives: a bigint may be larger than a number is exact. */
  @PrimaryColumn({ type: 'bigint', transformer: { to: String, from: String } })
  position!: string;

  @Column({ type: 'timestamptz' })
  at!: Date;

  @Column({ type: 'text' })
  event!: string;

  /** Who did it, by the id of the user; null where nobody was signed in. */
  @Column({ type: 'text', nullable: true })
  actor!: string | null;

  /** What it was done to, or the name that was tried. */
  @Column({ type: 'text', nullable: true })
  subject!: string | null;

  @Column({ type: 'text', nullable: true })
  address!: string | null;

  @Column({ name: 'request_id', type: 'text', nullable: true })
  requestId!: string | null;

  @Column({ type: 'text', nullable: true })
  detail!: string | null;

  @Column({ type: 'bytea' })
  previous!: Buffer;

  @Column({ type: 'bytea' })
  digest!: Buffer;
}
