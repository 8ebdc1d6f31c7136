import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Where a person wants their mail; one at most. Nothing but the question whether it is theirs is sent there before it was confirmed. */
@Entity({ name: 'mail_addresses' })
export class MailAddressEntity {
  @PrimaryColumn({ name: 'user_id', type: 'uuid' })
  userId!: string;

  @Column({ type: 'text' })
  address!: string;

  @Column({ type: 'text' })
  language!: string;

  /** When it was last asked to be confirmed. */
  @Column({ name: 'asked_at', type: 'timestamptz' })
  askedAt!: Date;

  @Column({ name: 'confirmed_at', type: 'timestamptz', nullable: true })
  confirmedAt!: Date | null;

  /** How many mails in a row it refused for good. */
  @Column({ type: 'smallint' })
  bounces!: number;

  /** Since when nothing is sent there any more, because it refused too many. */
  @Column({ name: 'stopped_at', type: 'timestamptz', nullable: true })
  stoppedAt!: Date | null;
}

/** What a person wants to be sent. Its id follows from whose and of what it is, so that a link of an old mail still ends it. */
@Entity({ name: 'mail_subscriptions' })
export class MailSubscriptionEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ name: 'user_id', type: 'uuid' })
  userId!: string;

  /** `report`: each edition of an area; `standing`: a merchant's own page, once a month. */
  @Column({ type: 'text' })
  topic!: 'report' | 'standing';

  /** Of a report: its source, and its area as publications have it; else empty. */
  @Column({ type: 'text' })
  source!: string;

  @Column({ type: 'text' })
  kind!: string;

  @Column({ type: 'text' })
  region!: string;

  /** What the area is called, in both languages; null of what has no area. */
  @Column({ type: 'jsonb', nullable: true })
  name!: unknown;

  @Column({ type: 'text' })
  language!: 'zh' | 'en';

  @Column({ type: 'text' })
  delivery!: 'attached' | 'linked';

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;
}

/** One mail to one person, from being wanted to its end. There is one of an item, so that nobody is sent the same twice. */
@Entity({ name: 'mail_deliveries' })
export class MailDeliveryEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ name: 'user_id', type: 'uuid' })
  userId!: string;

  @Column({ type: 'text' })
  topic!: 'report' | 'standing' | 'confirm';

  /** The id of a publication; source and month, as `demo 2026-10`; when a confirmation was asked for. */
  @Column({ type: 'text' })
  item!: string;

  /** By which it came to be; null of a confirmation. */
  @Column({ name: 'subscription_id', type: 'uuid', nullable: true })
  subscriptionId!: string | null;

  /** `dropped`: never handed to a mail server; `failed`: refused for good, or tried in vain for too long. */
  @Column({ type: 'text' })
  state!: 'waiting' | 'sent' | 'failed' | 'dropped';

  @Column({ type: 'text', nullable: true })
  reason!: string | null;

  /** What the mail server said last, without the address. */
  @Column({ type: 'text', nullable: true })
  answer!: string | null;

  @Column({ type: 'smallint' })
  tries!: number;

  @Column({ name: 'planned_at', type: 'timestamptz' })
  plannedAt!: Date;

  /** Since when there is a job that sends it. */
  @Column({ name: 'queued_at', type: 'timestamptz', nullable: true })
  queuedAt!: Date | null;

  @Column({ name: 'done_at', type: 'timestamptz', nullable: true })
  doneAt!: Date | null;
}
