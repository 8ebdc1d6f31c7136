import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';

/** A calendar day of a `date` column, as text whatever the driver gives. */
const DAY = { type: 'date' } as const;

/**
 * What the gate let out of a month for an audience, or that the auditor refused it. Rows are neither changed nor removed: what was
 * published stays published.
 */
@Entity({ name: 'releases' })
export class ReleaseEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'text' })
  source!: string;

  /** The month's first day. */
  @Column(DAY)
  month!: string;

  @Column({ type: 'text' })
  audience!: string;

  @Column({ type: 'integer' })
  edition!: number;

  @Column({ name: 'data_version', type: 'bigint', transformer: { to: String, from: Number } })
  dataVersion!: number;

  /** When that version was published: a store that was put back may give another one its number. */
  @Column({ name: 'version_published_at', type: 'timestamptz' })
  versionPublishedAt!: Date;

  @Column({ name: 'made_at', type: 'timestamptz' })
  madeAt!: Date;

  /** False: the auditor refused it, so it has no areas and nobody is shown it. */
  @Column({ name: 'is_published', type: 'boolean' })
  isPublished!: boolean;

  /** Of the rules that are written in the program. */
  @Column({ name: 'rules_revision', type: 'integer' })
  rulesRevision!: number;

  /** Digest of their settings, to tell whether these have changed since; in no answer, because few values are to be tried. */
  @Column({ name: 'settings_hash', type: 'bytea' })
  settingsHash!: Buffer;

  /** What the auditor found, and what was withheld; in no answer either. */
  @Column({ type: 'jsonb' })
  audit!: Readonly<Record<string, unknown>>;
}

/** One area of a release: what is said of it, and its cells by track. */
@Entity({ name: 'release_areas' })
export class ReleaseAreaEntity {
  @PrimaryColumn({ name: 'release_id', type: 'uuid' })
  releaseId!: string;

  @ManyToOne(() => ReleaseEntity)
  @JoinColumn({ name: 'release_id' })
  release?: ReleaseEntity;

  @PrimaryColumn({ type: 'text' })
  level!: string;

  /** The belt's id, `province/city`, the province, the category, or '' of the nation. */
  @PrimaryColumn({ type: 'text' })
  area!: string;

  /** What a belt is called and where it lies; of larger areas their belts. */
  @Column({ type: 'jsonb' })
  about!: unknown;

  @Column({ type: 'jsonb' })
  cells!: unknown;

  /** Its shares of service; null of areas that were released before they were told. */
  @Column({ type: 'jsonb', nullable: true })
  service!: unknown;

  /** Its newcomers and breadth; null of areas that were released before they were told, or without the year before. */
  @Column({ type: 'jsonb', nullable: true })
  carriers!: unknown;

  /** Of what sizes its orders are; null of areas that were released before it was told. */
  @Column({ type: 'jsonb', nullable: true })
  structure!: unknown;

  /** What its tracks are made of; null of areas that were released before it was told. */
  @Column({ type: 'jsonb', nullable: true })
  partitions!: unknown;
}

/** What is told of those who sell no more, beside a release, or that the auditor refused it. */
@Entity({ name: 'release_leavers' })
export class ReleaseLeaversEntity {
  @PrimaryColumn({ name: 'release_id', type: 'uuid' })
  releaseId!: string;

  @ManyToOne(() => ReleaseEntity)
  @JoinColumn({ name: 'release_id' })
  release?: ReleaseEntity;

  @PrimaryColumn({ name: 'data_version', type: 'bigint', transformer: { to: String, from: Number } })
  dataVersion!: number;

  @PrimaryColumn({ name: 'version_published_at', type: 'timestamptz' })
  versionPublishedAt!: Date;

  @Column({ name: 'made_at', type: 'timestamptz' })
  madeAt!: Date;

  @PrimaryColumn({ name: 'rules_revision', type: 'integer' })
  rulesRevision!: number;

  @PrimaryColumn({ name: 'settings_hash', type: 'bytea' })
  settingsHash!: Buffer;

  @Column({ type: 'jsonb' })
  audit!: Readonly<Record<string, unknown>>;

  /** Null: refused. */
  @Column({ type: 'jsonb', nullable: true })
  shares!: unknown;
}
