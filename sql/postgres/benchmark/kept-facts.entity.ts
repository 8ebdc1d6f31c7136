import { Column, PrimaryColumn } from 'typeorm';

/**
 * What was read of a quarter's order lines, owner by owner, while they still were those of the version that the quarter is told as of: lines are not kept
 * by version. Rows are neither changed nor removed.
 */
export abstract class KeptFactsEntity {
  @PrimaryColumn({ type: 'text' })
  source!: string;

  /** `YYYY-Qn`. */
  @PrimaryColumn({ type: 'text' })
  quarter!: string;

  @PrimaryColumn({ name: 'data_version', type: 'bigint', transformer: { to: String, from: Number } })
  dataVersion!: number;

  /** The day on which that version was published: a store that was put back may give another one its number. */
  @PrimaryColumn({ name: 'published_on', type: 'date' })
  publishedOn!: string;

  @Column({ name: 'read_at', type: 'timestamptz' })
  readAt!: Date;

  /** Compressed (gzip) JSON. */
  @Column({ type: 'bytea' })
  facts!: Buffer;
}
