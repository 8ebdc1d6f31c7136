import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';

/** What is known of a publication without its data set and files being read. */
abstract class PublicationColumns {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'text' })
  source!: string;

  /** The month's first day. */
  @Column({ type: 'date' })
  month!: string;

  /** Of what: nation, province, city or belt. */
  @Column({ type: 'text' })
  kind!: string;

  /** Which one; empty of the nation. */
  @Column({ type: 'text' })
  region!: string;

  /** What is said of it without its data set being read, and the belts that decide who may see it. */
  @Column({ type: 'jsonb' })
  about!: unknown;

  /** SHA-256 of the data set. */
  @Column({ type: 'bytea' })
  digest!: Buffer;

  /** The one that it takes the place of. */
  @Column({ type: 'uuid', nullable: true })
  revises!: string | null;

  @Column({ type: 'text', nullable: true })
  reason!: string | null;

  @Column({ name: 'prepared_at', type: 'timestamptz' })
  preparedAt!: Date;
}

/** A frozen data set, prepared to be published. Rows are neither changed nor removed; the database gives each a `position`, which grows. */
@Entity({ name: 'publications' })
export class PublicationEntity extends PublicationColumns {
  @Column({ name: 'data_set', type: 'bytea' })
  dataSet!: Buffer;

  /** Every figure that it says otherwise than the one it revises. */
  @Column({ type: 'jsonb' })
  revised!: unknown;
}

/** What a publication is released under: in one transaction with its files. Another number than the next of its year is refused (`NOT_NEXT`). */
@Entity({ name: 'publication_numbers' })
export class PublicationNumberEntity {
  @PrimaryColumn({ name: 'publication_id', type: 'uuid' })
  publicationId!: string;

  @ManyToOne(() => PublicationEntity)
  @JoinColumn({ name: 'publication_id' })
  publication?: PublicationEntity;

  @Column({ type: 'integer' })
  year!: number;

  @Column({ type: 'integer' })
  no!: number;

  @Column({ name: 'released_at', type: 'timestamptz' })
  releasedAt!: Date;
}

/** SQLSTATEs of the trigger that numbers go through: it is not the next one; it was withdrawn, or another edition of the same month and area came in between. */
export const NOT_NEXT = 'BL001';
export const OVERTAKEN = 'BL002';

/** A publication that is not released and never will be. */
@Entity({ name: 'publication_withdrawals' })
export class PublicationWithdrawalEntity {
  @PrimaryColumn({ name: 'publication_id', type: 'uuid' })
  publicationId!: string;

  @Column({ name: 'withdrawn_at', type: 'timestamptz' })
  withdrawnAt!: Date;
}

@Entity({ name: 'publication_files' })
export class PublicationFileEntity {
  @PrimaryColumn({ name: 'publication_id', type: 'uuid' })
  publicationId!: string;

  @PrimaryColumn({ type: 'text' })
  language!: string;

  @PrimaryColumn({ type: 'text' })
  format!: string;

  @Column({ type: 'bytea' })
  bytes!: Buffer;

  /** SHA-256 of the bytes. */
  @Column({ type: 'bytea' })
  digest!: Buffer;
}

/**
 * A publication as it stands, without its data set and files; of those that are not released the newest of a month and area
 * alone, unless it was withdrawn. A view: rows
 * are read, and nothing else.
 */
@Entity({ name: 'publication_states' })
export class PublicationStateEntity extends PublicationColumns {
  /** With `no` what it is released under; null until it is. */
  @Column({ type: 'integer', nullable: true })
  year!: number | null;

  @Column({ type: 'integer', nullable: true })
  no!: number | null;

  @Column({ name: 'released_at', type: 'timestamptz', nullable: true })
  releasedAt!: Date | null;

  @Column({ name: 'revises_year', type: 'integer', nullable: true })
  revisesYear!: number | null;

  @Column({ name: 'revises_no', type: 'integer', nullable: true })
  revisesNo!: number | null;

  /** What took its place. */
  @Column({ name: 'later_year', type: 'integer', nullable: true })
  laterYear!: number | null;

  @Column({ name: 'later_no', type: 'integer', nullable: true })
  laterNo!: number | null;

  @Column({ type: 'text' })
  state!: 'prepared' | 'released' | 'superseded';
}
