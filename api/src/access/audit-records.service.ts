import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { AuditAnswer, AuditChain, AuditQuestion } from '@beltline/contract';
import { AuditEntity, UserEntity, verifyAudit } from '@beltline/sql/postgres';
import { DataSource, In } from 'typeorm';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The audit, as it is read. */
@Injectable()
export class AuditRecordsService {
  private following: Promise<AuditChain> | null = null;

  constructor(@InjectDataSource() private readonly store: DataSource) {}

  /** The newest first. */
  async list({ event, actor, from, to, limit, before }: AuditQuestion): Promise<AuditAnswer> {
    const query = this.store.getRepository(AuditEntity).createQueryBuilder('record');
    if (event !== undefined) query.andWhere('record.event = :event', { event });
    if (actor !== undefined) query.andWhere('record.actor = :actor', { actor: await this.idOf(actor) });
    if (from !== undefined) query.andWhere('record.at >= :from', { from: new Date(from) });
    if (to !== undefined) query.andWhere('record.at < :to', { to: new Date(to) });
    if (before !== undefined) query.andWhere('record.position < :before', { before });
    const found = await query
      .orderBy('record.position', 'DESC')
      .limit(limit + 1)
      .getMany();
    const page = found.slice(0, limit);
    const names = await this.namesOf(page);
    const mentioned = (id: string | null) => (id === null ? null : { id, name: names.get(id) ?? null });
    return {
      records: page.map(({ position, at, event: told, address, requestId, detail, ...who }) => ({
        ...{ position, at: at.toISOString(), event: told },
        ...{ actor: mentioned(who.actor), subject: mentioned(who.subject) },
        ...{ address, requestId, detail },
      })),
      next: found.length > limit ? (page.at(-1)?.position ?? null) : null,
    };
  }

  /** Reads the whole audit, once for all who ask meanwhile. */
  chain(): Promise<AuditChain> {
    this.following ??= verifyAudit(this.store).finally(() => {
      this.following = null;
    });
    return this.following;
  }

  /** The id of whom a name is of; whoever is not there has done nothing. */
  private async idOf(actor: string): Promise<string> {
    if (UUID.test(actor)) return actor.toLowerCase();
    const user = await this.store
      .getRepository(UserEntity)
      .createQueryBuilder('user')
      .where('lower(user.name) = lower(:actor)', { actor })
      .getOne();
    return user?.id ?? '';
  }

  private async namesOf(records: readonly AuditEntity[]): Promise<Map<string, string>> {
    const ids = new Set(records.flatMap(({ actor, subject }) => [actor ?? '', subject ?? '']));
    const users = await this.store
      .getRepository(UserEntity)
      .findBy({ id: In([...ids].filter((id) => UUID.test(id))) });
    return new Map(users.map(({ id, name }) => [id, name]));
  }
}
