import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { MOST_BOUNCES } from '@beltline/contract';
import {
  MailAddressEntity,
  MailDeliveryEntity,
  MailSubscriptionEntity,
  UserEntity,
} from '@beltline/sql/postgres';
import { DataSource, type EntityManager, In, IsNull, LessThanOrEqual, MoreThan, Not } from 'typeorm';
import { AHEAD_MS } from '../access/lifetime.ts';
import { uuidOf } from '../platform/jobs.ts';

/** What a subscription is of. */
export type SubscriptionKey = Pick<MailSubscriptionEntity, 'userId' | 'topic' | 'source' | 'kind' | 'region'>;
export type Delivery = MailDeliveryEntity;
/** How a mail ended. */
export type End = Pick<Delivery, 'reason' | 'answer'> & { readonly state: 'sent' | 'failed' | 'dropped' };

/** The same for the same person and matter, also where it was ended meanwhile and begun again. */
export const subscriptionId = ({ userId, topic, source, kind, region }: SubscriptionKey): string =>
  uuidOf(['mail', userId, topic, source, kind, region]);

/** What people want of mail, and what became of it, in PostgreSQL. */
@Injectable()
export class MailStore {
  constructor(@InjectDataSource() readonly store: DataSource) {}

  address(userId: string, manager: EntityManager = this.store.manager): Promise<MailAddressEntity | null> {
    return manager.findOneBy(MailAddressEntity, { userId });
  }

  /** With what they were given; null where there is none. */
  user(id: string): Promise<UserEntity | null> {
    return this.store.getRepository(UserEntity).findOne({ where: { id }, relations: { grants: true } });
  }

  subscriptions(userId: string): Promise<MailSubscriptionEntity[]> {
    return this.store
      .getRepository(MailSubscriptionEntity)
      .find({ where: { userId }, order: { createdAt: 'ASC', id: 'ASC' } });
  }

  subscription(id: string): Promise<MailSubscriptionEntity | null> {
    return this.store.getRepository(MailSubscriptionEntity).findOneBy({ id });
  }

  delivery(id: string): Promise<Delivery | null> {
    return this.store.getRepository(MailDeliveryEntity).findOneBy({ id });
  }

  /** Of one person, the newest first. */
  deliveries(userId: string, take: number): Promise<Delivery[]> {
    return this.store
      .getRepository(MailDeliveryEntity)
      .find({ where: { userId }, order: { plannedAt: 'DESC', id: 'ASC' }, take });
  }

  /** Of everybody: what failed since an instant, and what waits after it was tried, the newest first. */
  troubles(since: Date, take: number): Promise<Delivery[]> {
    return this.store.getRepository(MailDeliveryEntity).find({
      where: [
        { state: 'failed', plannedAt: MoreThan(since) },
        { state: 'waiting', reason: Not(IsNull()) },
      ],
      order: { plannedAt: 'DESC', id: 'ASC' },
      take,
    });
  }

  waiting(): Promise<number> {
    return this.store.getRepository(MailDeliveryEntity).countBy({ state: 'waiting' });
  }

  stopped(): Promise<MailAddressEntity[]> {
    return this.store
      .getRepository(MailAddressEntity)
      .find({ where: { stoppedAt: Not(IsNull()) }, order: { stoppedAt: 'DESC' } });
  }

  async names(userIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const users = await this.store
      .getRepository(UserEntity)
      .find({ where: { id: In([...userIds]) }, select: { id: true, name: true } });
    return new Map(users.map(({ id, name }) => [id, name]));
  }

  /** Mails that have no job yet, the oldest first. */
  unqueued(take: number): Promise<Delivery[]> {
    return this.store
      .getRepository(MailDeliveryEntity)
      .find({ where: { state: 'waiting', queuedAt: IsNull() }, order: { plannedAt: 'ASC' }, take });
  }

  async queued(ids: readonly string[], now = new Date()): Promise<void> {
    await this.store.getRepository(MailDeliveryEntity).update({ id: In([...ids]) }, { queuedAt: now });
  }

  /** Notes that it is about to be handed over: a try whose process ends counts too. */
  async begin({ id, tries }: Delivery): Promise<void> {
    await this.store.getRepository(MailDeliveryEntity).update({ id }, { tries: tries + 1 });
  }

  /** Why it waits. `isOwn`: it was a try of this mail, and not of the server. */
  async putOff(
    { id, tries }: Delivery,
    { reason, answer, isOwn }: Pick<Delivery, 'reason' | 'answer'> & { readonly isOwn: boolean },
  ): Promise<void> {
    await this.store
      .getRepository(MailDeliveryEntity)
      .update({ id, state: 'waiting' }, { reason, answer, tries: isOwn ? tries + 1 : tries });
  }

  /**
   * Ends a mail, once. `bounces`: whether its address refused it; one that was sent clears the count. `tell`: what is done in the same transaction, last.
   */
  async end(
    { id, userId }: Delivery,
    { state, reason, answer }: End,
    {
      isBounce = false,
      tell,
    }: { readonly isBounce?: boolean; readonly tell?: (manager: EntityManager) => Promise<void> } = {},
  ): Promise<void> {
    const now = new Date();
    await this.store.transaction(async (manager) => {
      const ended = await manager.update(
        MailDeliveryEntity,
        { id, state: 'waiting' },
        { state, reason, answer, doneAt: now },
      );
      if (ended.affected !== 1) return;
      if (state === 'sent') await manager.update(MailAddressEntity, { userId }, { bounces: 0 });
      if (isBounce) {
        await manager.increment(MailAddressEntity, { userId }, 'bounces', 1);
        await manager.update(
          MailAddressEntity,
          { userId, stoppedAt: IsNull(), bounces: MoreThan(MOST_BOUNCES - 1) },
          { stoppedAt: now },
        );
      }
      await tell?.(manager);
    });
  }

  /**
   * When a person had addresses asked whether they are theirs, the latest first. Of the mails and not of the address, which they may have removed since.
   */
  async confirmations(manager: EntityManager, userId: string, take: number, now: Date): Promise<Date[]> {
    const found = await manager.find(MailDeliveryEntity, {
      where: { userId, topic: 'confirm', plannedAt: LessThanOrEqual(new Date(now.getTime() + AHEAD_MS)) },
      order: { plannedAt: 'DESC' },
      take,
    });
    return found.map(({ plannedAt }) => plannedAt);
  }

  /** Those of a person that wait and are of a topic that is asked for anew. */
  async dropWaiting(manager: EntityManager, userId: string, topic: Delivery['topic']): Promise<void> {
    await manager.update(
      MailDeliveryEntity,
      { userId, topic, state: 'waiting' },
      { state: 'dropped', reason: 'ended', doneAt: new Date() },
    );
  }
}
