import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Somebody who has shown the password and not yet the code: no session, and no right. Under the SHA-256 of what their cookie holds. */
@Entity({ name: 'half_sign_ins' })
export class HalfSignInEntity {
  @PrimaryColumn({ name: 'id_hash', type: 'bytea' })
  idHash!: Buffer;

  @Column({ name: 'user_id', type: 'uuid' })
  userId!: string;

  /** Digest of the password and the factor that it was begun with: where either is another now, it is over. */
  @Column({ type: 'bytea' })
  proof!: Buffer;

  @Column({ name: 'ends_at', type: 'timestamptz' })
  endsAt!: Date;

  @Column({ type: 'integer' })
  tries!: number;
}
