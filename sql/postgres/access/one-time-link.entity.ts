import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The link by which a user sets their password, once, under the SHA-256 of its token. A user has one at most. */
@Entity({ name: 'one_time_links' })
export class OneTimeLinkEntity {
  @PrimaryColumn({ name: 'user_id', type: 'uuid' })
  userId!: string;

  @Column({ type: 'bytea' })
  digest!: Buffer;

  @Column({ name: 'ends_at', type: 'timestamptz' })
  endsAt!: Date;
}
