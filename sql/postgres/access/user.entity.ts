import { Column, Entity, ManyToOne, JoinColumn, OneToMany, PrimaryColumn } from 'typeorm';

/** Somebody who can sign in. Never removed, but disabled: the audit speaks of them. */
@Entity({ name: 'users' })
export class UserEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'text' })
  name!: string;

  /** Argon2id in its own writing (PHC); null where no password was set yet. */
  @Column({ name: 'password_hash', type: 'text', nullable: true })
  passwordHash!: string | null;

  /** One of those that a demo on this machine offers by one click. */
  @Column({ name: 'is_demo', type: 'boolean', default: false })
  isDemo!: boolean;

  @Column({ name: 'disabled_at', type: 'timestamptz', nullable: true })
  disabledAt!: Date | null;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @OneToMany(() => UserGrantEntity, (grant) => grant.user, { cascade: ['insert'] })
  grants!: UserGrantEntity[];
}

export type GrantKind = 'role' | 'source' | 'region' | 'owner';

/** Something that a user is given: a role, a source, the code of a region (GB/T 2260, a prefix), an owner. */
@Entity({ name: 'user_grants' })
export class UserGrantEntity {
  @PrimaryColumn({ name: 'user_id', type: 'uuid' })
  userId!: string;

  @PrimaryColumn({ type: 'text' })
  kind!: GrantKind;

  @PrimaryColumn({ type: 'text' })
  value!: string;

  @ManyToOne(() => UserEntity, (user) => user.grants, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'user_id' })
  user!: UserEntity;
}
