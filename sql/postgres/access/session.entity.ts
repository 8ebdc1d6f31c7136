import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A session, under the SHA-256 of its random id: who reads the table has no cookie. */
@Entity({ name: 'sessions' })
export class SessionEntity {
  @PrimaryColumn({ name: 'id_hash', type: 'bytea' })
  idHash!: Buffer;

  @Column({ name: 'user_id', type: 'uuid' })
  userId!: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column({ name: 'last_used_at', type: 'timestamptz' })
  lastUsedAt!: Date;

  /** From where it was begun, for the list of one's own sessions. */
  @Column({ type: 'text' })
  address!: string;

  @Column({ type: 'text' })
  agent!: string;
}
