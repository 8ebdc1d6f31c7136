import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * Which buyers of each owner came, went and stayed on the year before, read of the order lines of both quarters while these still were those of the version
 * that the quarter is told as of. Rows are neither changed nor removed.
 */
@Entity({ name: 'peer_turnover' })
export class PeerTurnoverEntity {
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
