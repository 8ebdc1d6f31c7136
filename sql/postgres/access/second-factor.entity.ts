import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What makes a user's codes of six digits (TOTP, RFC 6238). A user has one at most; without `confirmedAt` it is no factor yet. */
@Entity({ name: 'second_factors' })
export class SecondFactorEntity {
  @PrimaryColumn({ name: 'user_id', type: 'uuid' })
  userId!: string;

  /** Which of a user's it is: what was begun under one before does not count for it. */
  @Column({ type: 'uuid' })
  id!: string;

  /** The shared secret, encrypted under a key that is not in this database, and for this user alone (a JWE; see ADR 35). */
  @Column({ type: 'text' })
  sealed!: string;

  @Column({ name: 'begun_at', type: 'timestamptz' })
  begunAt!: Date;

  /** Since when it is asked for; null until a right code has shown that the user's device makes them. */
  @Column({ name: 'confirmed_at', type: 'timestamptz', nullable: true })
  confirmedAt!: Date | null;

  /** The 30 seconds, counted from 1970, of the last code that was taken: it and those before are taken no more. */
  @Column({ name: 'last_step', type: 'integer' })
  lastStep!: number;

  /** Wrong codes since the last right one. */
  @Column({ type: 'integer' })
  failures!: number;
}

/** A code for who has lost the device, under its SHA-256. Removed when it is used. */
@Entity({ name: 'recovery_codes' })
export class RecoveryCodeEntity {
  @PrimaryColumn({ type: 'bytea' })
  digest!: Buffer;

  @Column({ name: 'user_id', type: 'uuid' })
  userId!: string;
}
