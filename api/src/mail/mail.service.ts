import { Inject, Injectable } from '@nestjs/common';
import {
  type MailAnswer,
  type MailAreasAnswer,
  type MailDelivered,
  type MailTroublesAnswer,
  MOST_CONFIRMATIONS,
  MOST_SUBSCRIPTIONS,
  type NewMailAddress,
  type NewSubscription,
  type Subscription,
} from '@beltline/contract';
import { MailAddressEntity, MailDeliveryEntity, MailSubscriptionEntity } from '@beltline/sql/postgres';
import { randomUUID } from 'node:crypto';
import { AuditService } from '../access/audit.service.ts';
import { wasBegun } from '../access/lifetime.ts';
import { holdUser } from '../access/shown.ts';
import type { Doer } from '../access/users.service.ts';
import { seesSource, type Viewer } from '../access/viewer.ts';
import { invalidRequest, notFound, ProblemError, sought } from '../platform/problem/problem-error.ts';
import { type AreaInMonth, ReleasedAreas } from '../releases/released-areas.service.ts';
import { answerOf } from '../reports/publications/publication-answer.ts';
import { seesAll } from '../reports/publications/publication-scope.ts';
import { PublicationStore } from '../reports/publications/publication-store.service.ts';
import { confirmed } from './letters.service.ts';
import { MailLinks } from './mail-links.service.ts';
import { MailQueue } from './mail-queue.service.ts';
import { type Delivery, MailStore, subscriptionId } from './mail-store.service.ts';
import { MailTransport } from './mail-transport.service.ts';

const DAY_MS = 24 * 3_600_000;
const TOLD = 30;
const TROUBLES = 100;
const TROUBLED_MS = 30 * DAY_MS;
/** So long the link is good that confirms an address. */
const UNCONFIRMED_MS = 30 * DAY_MS;

type Kept = Pick<MailSubscriptionEntity, 'topic' | 'source' | 'kind' | 'region' | 'name' | 'delivery'>;

/** What a person sees and sets of their mail, and what links of mails do. */
@Injectable()
export class MailService {
  constructor(
    @Inject(MailStore) private readonly store: MailStore,
    @Inject(MailTransport) private readonly transport: MailTransport,
    @Inject(MailLinks) private readonly links: MailLinks,
    @Inject(MailQueue) private readonly queue: MailQueue,
    @Inject(ReleasedAreas) private readonly areas: ReleasedAreas,
    @Inject(PublicationStore) private readonly publications: PublicationStore,
    @Inject(AuditService) private readonly audit: AuditService,
  ) {}

  async of(userId: string): Promise<MailAnswer> {
    const { settings } = this.transport;
    const [address, subscriptions, deliveries] = await Promise.all([
      this.store.address(userId),
      this.store.subscriptions(userId),
      this.store.deliveries(userId, TOLD),
    ]);
    return {
      isSetUp: settings !== null,
      from: settings?.from ?? null,
      domains: settings?.domains ? [...settings.domains] : null,
      address: address && {
        address: address.address,
        isConfirmed: address.confirmedAt !== null,
        askedAt: address.askedAt.toISOString(),
        stoppedAt: address.stoppedAt?.toISOString() ?? null,
      },
      subscriptions: subscriptions.map(subscriptionAnswer),
      deliveries: await this.told(deliveries),
    };
  }

  /**
   * Has an address asked whether it is theirs; until it is confirmed, nothing else is sent there.
   * @throws ProblemError where it may not be, or was asked too often
   */
  async setAddress(userId: string, { address, language }: NewMailAddress, by: Doer): Promise<void> {
    const { domains } = this.set();
    const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
    if (domains && !domains.includes(domain))
      throw invalidRequest({ field: 'address', message: `must be of ${domains.join(', ')}` });
    await this.store.store.transaction(async (manager) => {
      // Of requests that come at once each counts those before it.
      await holdUser(manager, userId);
      const now = new Date();
      const asked = await this.store.confirmations(manager, userId, MOST_CONFIRMATIONS, now);
      const oldest = asked[MOST_CONFIRMATIONS - 1];
      if (oldest && now.getTime() - oldest.getTime() < DAY_MS)
        throw new ProblemError('too-many-attempts', 'An address can be entered five times a day.', {
          retryAfter: Math.ceil((oldest.getTime() + DAY_MS - now.getTime()) / 1_000),
        });
      await manager
        .getRepository(MailAddressEntity)
        .upsert(
          { ...{ userId, address, language, askedAt: now }, confirmedAt: null, bounces: 0, stoppedAt: null },
          ['userId'],
        );
      await this.store.dropWaiting(manager, userId, 'confirm');
      await manager.insert(MailDeliveryEntity, {
        ...{ id: randomUUID(), userId, topic: 'confirm', item: now.toISOString() },
        ...{ state: 'waiting', tries: 0, plannedAt: now },
      });
      await this.audit.tellWithin(manager, [
        { event: 'mail-changed', ...by, subject: userId, detail: `address ${address}, to be confirmed` },
      ]);
    });
    this.queue.look();
  }

  /** Ends everything: nothing is sent to who has no address. */
  async removeAddress(userId: string, by: Doer): Promise<void> {
    await this.store.store.transaction(async (manager) => {
      const { affected } = await manager.delete(MailAddressEntity, { userId });
      await manager.delete(MailSubscriptionEntity, { userId });
      if (affected !== 1) return;
      await this.audit.tellWithin(manager, [
        { event: 'mail-changed', ...by, subject: userId, detail: 'address removed' },
      ]);
    });
  }

  /** @throws ProblemError where the area is not theirs whole, or there are too many */
  async subscribe(viewer: Viewer, userId: string, asked: NewSubscription, by: Doer): Promise<void> {
    this.set();
    const kept = asked.topic === 'report' ? await this.report(viewer, asked) : standingOf(viewer);
    const id = subscriptionId({ userId, ...kept });
    await this.store.store.transaction(async (manager) => {
      const repository = manager.getRepository(MailSubscriptionEntity);
      const before = await repository.findOneBy({ id });
      if (!before && (await repository.countBy({ userId })) >= MOST_SUBSCRIPTIONS)
        throw invalidRequest({ field: 'region', message: `you have ${MOST_SUBSCRIPTIONS} already` });
      // Another language or delivery is no new beginning.
      const createdAt = before?.createdAt ?? new Date();
      await repository.upsert({ id, userId, ...kept, language: asked.language, createdAt } as never, ['id']);
      await this.audit.tellWithin(manager, [
        { event: 'mail-changed', ...by, subject: userId, detail: `subscribed: ${inWords(kept)}` },
      ]);
    });
    this.queue.look();
  }

  /** @throws ProblemError where there is none of theirs */
  async unsubscribe(userId: string, id: string, by: Doer): Promise<void> {
    const found = await this.store.subscription(id);
    if (found?.userId !== userId)
      throw sought(notFound('There is no subscription of this id.'), 'subscription', found && found.id);
    await this.end(found, by);
  }

  /** By a link; one that was used does nothing more. @throws ProblemError where it is not one of ours */
  async unsubscribeBy(token: string, by: Doer): Promise<void> {
    const id = this.links.idIn(token);
    if (id === null || !this.links.isSigned(token, 'unsubscribe')) throw noLink();
    const found = await this.store.subscription(id);
    if (found) await this.end(found, by);
  }

  /** By a link; again, where it was confirmed already, does nothing more. @throws ProblemError where it is not one of ours, or of another address */
  async confirmBy(token: string, by: Doer): Promise<void> {
    const userId = this.links.idIn(token);
    const address = userId === null ? null : await this.store.address(userId);
    if (!address || !this.links.isSigned(token, 'confirm', confirmed(address.address, address.askedAt)))
      throw noLink();
    const isOver = Date.now() - address.askedAt.getTime() > UNCONFIRMED_MS;
    if (isOver || !wasBegun(address.askedAt, new Date())) throw noLink();
    if (address.confirmedAt !== null) return;
    await this.store.store.transaction(async (manager) => {
      const { userId: id, askedAt } = address;
      await manager.update(MailAddressEntity, { userId: id, askedAt }, { confirmedAt: new Date() });
      await this.audit.tellWithin(manager, [
        { event: 'mail-changed', ...by, subject: id, detail: `address ${address.address} confirmed` },
      ]);
    });
    this.queue.look();
  }

  /** Of which a viewer can have reports sent: areas of the latest month that they see whole. */
  async choices(viewer: Viewer): Promise<MailAreasAnswer> {
    if (!viewer.permissions.has('read-releases')) return { areas: [] };
    const areas = (await this.areas.latest(1)).filter((area) => isTheirs(viewer, area));
    return {
      areas: areas.map(({ source, kind, id, name }) => ({ source, kind, region: id, name })),
    };
  }

  async troubles(): Promise<MailTroublesAnswer> {
    const [waiting, troubled, stopped] = await Promise.all([
      this.store.waiting(),
      this.store.troubles(new Date(Date.now() - TROUBLED_MS), TROUBLES),
      this.store.stopped(),
    ]);
    const names = await this.store.names([...troubled, ...stopped].map(({ userId }) => userId));
    const nameOf = (id: string) => ({ id, name: names.get(id) ?? '' });
    const told = await this.told(troubled);
    return {
      isSetUp: this.transport.settings !== null,
      waiting,
      troubles: told.map((one, at) => ({ ...one, user: nameOf(troubled[at]?.userId ?? '') })),
      stopped: stopped.flatMap(({ userId, stoppedAt }) =>
        stoppedAt ? [{ ...nameOf(userId), at: stoppedAt.toISOString() }] : [],
      ),
    };
  }

  private async report(
    viewer: Viewer,
    { source, kind, region, delivery }: Extract<NewSubscription, { topic: 'report' }>,
  ): Promise<Kept> {
    const areas = viewer.permissions.has('read-releases') ? await this.areas.latest(1) : [];
    const named = areas.find((one) => one.source === source && one.kind === kind && one.id === region);
    if (!named || !isTheirs(viewer, named))
      throw sought(notFound('There is no such area of yours.'), 'area', named ? `${kind} ${region}` : null);
    return { topic: 'report', source, kind, region, delivery, name: named.name };
  }

  private async end(of: MailSubscriptionEntity, by: Doer): Promise<void> {
    await this.store.store.transaction(async (manager) => {
      const { affected } = await manager.delete(MailSubscriptionEntity, { id: of.id });
      if (affected !== 1) return;
      await this.audit.tellWithin(manager, [
        { event: 'mail-changed', ...by, subject: of.userId, detail: `unsubscribed: ${inWords(of)}` },
      ]);
    });
  }

  private async told(deliveries: readonly Delivery[]): Promise<MailDelivered[]> {
    const told: MailDelivered[] = [];
    for (const delivery of deliveries) {
      const row = delivery.topic === 'report' ? await this.publications.one(delivery.item) : null;
      const report = row && answerOf(row);
      told.push({
        ...{ id: delivery.id, topic: delivery.topic, state: delivery.state, tries: delivery.tries },
        number: report?.number ?? null,
        month:
          report?.month ?? (delivery.topic === 'standing' ? (delivery.item.split(' ')[1] ?? null) : null),
        area: report && { kind: report.region.kind, name: report.region.name },
        reason: delivery.reason as MailDelivered['reason'],
        answer: delivery.answer,
        plannedAt: delivery.plannedAt.toISOString(),
        doneAt: delivery.doneAt?.toISOString() ?? null,
      });
    }
    return told;
  }

  private set() {
    const { settings } = this.transport;
    if (!settings) throw notFound('Mail is not set up here.');
    return settings;
  }
}

/** @throws ProblemError where they have no page of their own */
function standingOf(viewer: Viewer): Kept {
  if (!viewer.permissions.has('read-benchmark')) throw notFound('There is no such page of yours.');
  return { topic: 'standing', source: '', kind: '', region: '', delivery: 'linked', name: null };
}

const isTheirs = (viewer: Viewer, area: AreaInMonth): boolean =>
  seesSource(viewer, area.source) && seesAll(viewer, area);

const subscriptionAnswer = (one: MailSubscriptionEntity): Subscription => ({
  ...{ id: one.id, topic: one.topic, language: one.language, delivery: one.delivery },
  area:
    one.topic === 'report'
      ? ({ source: one.source, kind: one.kind, region: one.region, name: one.name } as Subscription['area'])
      : null,
  createdAt: one.createdAt.toISOString(),
});

/** For the audit. */
const inWords = ({ topic, source, kind, region }: Kept): string =>
  [topic, source, kind, region].filter(Boolean).join(' ');

const noLink = () => notFound('This link is not one of ours, or of something that is no more.');
