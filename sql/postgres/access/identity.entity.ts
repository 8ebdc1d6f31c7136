import { Column, Entity, PrimaryColumn } from 'typeorm';

/** As whom an organisation's identity provider knows a user. Names there may change and be given to others; issuer and subject do not. */
@Entity({ name: 'identities' })
export class IdentityEntity {
  @PrimaryColumn({ type: 'text' })
  issuer!: string;

  @PrimaryColumn({ type: 'text' })
  subject!: string;

  @Column({ name: 'user_id', type: 'uuid' })
  userId!: string;
}
