import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { UserEntity } from './access/user.entity.ts';

/** A dated note of a person: on a belt, or on the nation where `beltId` is null. */
@Entity({ name: 'annotations' })
export class AnnotationEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'text' })
  source!: string;

  @Column({ name: 'belt_id', type: 'text', nullable: true })
  beltId!: string | null;

  @Column({ type: 'text' })
  kind!: string;

  @Column({ type: 'date' })
  day!: string;

  @Column({ name: 'last_day', type: 'date', nullable: true })
  lastDay!: string | null;

  @Column({ type: 'text' })
  text!: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column({ name: 'updated_at', type: 'timestamptz' })
  updatedAt!: Date;

  /** 1, and one more with each change. */
  @Column({ type: 'integer', default: 1 })
  revision!: number;

  /** The idempotency key of the request that added it; null where it had none. */
  @Column({ name: 'added_under', type: 'uuid', nullable: true, unique: true })
  addedUnder!: string | null;

  /** Digest of what that request sent. */
  @Column({ name: 'added_as', type: 'text', nullable: true })
  addedAs!: string | null;

  /** Who wrote it; null of notes from before that was kept. */
  @Column({ name: 'author_id', type: 'uuid', nullable: true })
  authorId!: string | null;

  @ManyToOne(() => UserEntity)
  @JoinColumn({ name: 'author_id' })
  author?: UserEntity | null;

  /** Who changed it last; null where nobody did since that is kept. */
  @Column({ name: 'changed_by_id', type: 'uuid', nullable: true })
  changedById!: string | null;

  @ManyToOne(() => UserEntity)
  @JoinColumn({ name: 'changed_by_id' })
  changedBy?: UserEntity | null;
}
