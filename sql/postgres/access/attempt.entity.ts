import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What was tried or asked under a name, by an account or from an address, as rate-limiter-flexible counts it. The key is a digest. */
@Entity({ name: 'attempts' })
export class AttemptEntity {
  @PrimaryColumn({ type: 'varchar', length: 255 })
  key!: string;

  @Column({ type: 'integer', default: 0 })
  points!: number;

  /** Until when it counts, in milliseconds since 1970. */
  @Column({ type: 'bigint', nullable: true })
  expire!: unknown;
}
