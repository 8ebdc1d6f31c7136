import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What was computed of a data version and can be computed again, by the same program, to the last bit. Nothing is told by it alone: rows come and go. */
@Entity({ name: 'kept_series' })
export class KeptSeriesEntity {
  @PrimaryColumn({ type: 'text' })
  source!: string;

  @PrimaryColumn({ name: 'data_version', type: 'bigint', transformer: { to: String, from: Number } })
  dataVersion!: number;

  /** When that version was published, as it is told: a store that was put back may give another one its number. */
  @PrimaryColumn({ name: 'published_at', type: 'text' })
  publishedAt!: string;

  /** What makes it. */
  @PrimaryColumn({ type: 'text' })
  name!: string;

  /** JSON. */
  @PrimaryColumn({ type: 'text' })
  question!: string;

  /** The program as it was built, and the settings that it computes by. */
  @PrimaryColumn({ type: 'text' })
  maker!: string;

  @Column({ name: 'made_at', type: 'timestamptz' })
  madeAt!: Date;

  /** Compressed (gzip) structured clone, as `node:v8` writes it. */
  @Column({ type: 'bytea' })
  value!: Buffer;
}
