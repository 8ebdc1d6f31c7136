import { createHash, randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { ImportDone } from '@beltline/contract';
import { UserEntity } from '@beltline/sql/postgres';
import { DataSource, type EntityManager } from 'typeorm';
import { invalidRequest, ProblemError } from '../platform/problem/problem-error.ts';
import { type Told, AuditService } from './audit.service.ts';
import { holdUsers } from './hold-users.ts';
import { type Plan, planImport, type Planned } from './import-plan.ts';
import { readUsers } from './known-users.ts';
import { makeLinks } from './new-links.ts';
import { SessionsService } from './sessions.service.ts';
import { TokensService } from './tokens.service.ts';
import { changesInWords, insertGrants, writeStates } from './user-state.ts';
import { type Doer, grantsOf, inWords } from './users.service.ts';

/** Files of users, from the page. */
@Injectable()
export class UserImportService {
  constructor(
    @InjectDataSource() private readonly store: DataSource,
    @Inject(AuditService) private readonly audit: AuditService,
    @Inject(SessionsService) private readonly sessions: SessionsService,
    @Inject(TokensService) private readonly tokens: TokensService,
  ) {}

  plan(bytes: Buffer, doer: string | null): Promise<Plan> {
    return planOf(this.store.manager, bytes, doer);
  }

  /** @throws ProblemError as `carryOut`, and 428 where no plan is named. */
  async carryOut(bytes: Buffer, ifMatch: string | undefined, by: Doer): Promise<ImportDone> {
    if (ifMatch === undefined || ifMatch.trim() === '')
      throw new ProblemError(
        'precondition-required',
        'Send If-Match with the `etag` of the plan, so that what was looked at is what is done.',
      );
    const done = await carryOut(this.store, this.audit, { bytes, etag: ifMatch.trim(), by });
    await Promise.all([this.sessions.changed(), this.tokens.changed()]);
    return done;
  }
}

export const planOf = async (manager: EntityManager, bytes: Buffer, doer: string | null): Promise<Plan> =>
  planImport(bytes, await readUsers(manager), doer);

/**
 * Does what a plan says, all of it or nothing, with all of it in the audit. Users are held meanwhile, and the plan is made anew: one that is not
 * the one that was named is not carried out. Whoever keeps sessions and tokens in memory is told after.
 * @throws ProblemError 412 where users or the file are others than when it was planned, 400 where something is refused.
 */
export async function carryOut(
  store: DataSource,
  audit: AuditService,
  { bytes, etag, by }: { readonly bytes: Buffer; readonly etag: string; readonly by: Doer },
): Promise<ImportDone> {
  return store.transaction(async (manager) => {
    await holdUsers(manager);
    const plan = await planOf(manager, bytes, by.actor ?? null);
    if (plan.etag !== etag) throw otherPlan(plan);
    const added = plan.users
      .filter(({ action }) => action === 'add')
      .map((one) => ({ ...one, id: randomUUID() as string }));
    const changed = plan.users.flatMap((one) =>
      one.action === 'change' && one.id !== null ? [{ ...one, id: one.id }] : [],
    );
    const createdAt = new Date();
    if (added.length > 0)
      await manager.insert(
        UserEntity,
        added.map(({ id, name }) => ({ id, name, passwordHash: null, createdAt })),
      );
    await insertGrants(
      manager,
      added.flatMap(({ id, after }) => grantsOf(id, after)),
    );
    const links = await makeLinks(
      manager,
      added.map(({ id }) => id),
    );
    await writeStates(manager, changed);
    await audit.tellWithin(manager, toldOf({ bytes, added, changed, by }));
    return {
      added: added.flatMap(({ id, name }, index) => {
        const link = links[index];
        return link ? [{ id, name, link }] : [];
      }),
      changed: changed.length,
    };
  });
}

type WithId = Planned & { readonly id: string };

/** The file by its digest, then each user as if it was done by hand. */
function toldOf(done: {
  readonly bytes: Buffer;
  readonly added: readonly WithId[];
  readonly changed: readonly WithId[];
  readonly by: Doer;
}): Told[] {
  const { bytes, added, changed, by } = done;
  const file = createHash('sha256').update(bytes).digest('hex');
  const detail = `${added.length} added, ${changed.length} changed; file sha256 ${file}`;
  return [
    { event: 'users-imported', ...by, detail },
    ...added.flatMap(({ id, name, after }): Told[] => [
      { event: 'user-added', ...by, subject: id, detail: `${name}: ${inWords(after)}` },
      { event: 'link-made', ...by, subject: id },
    ]),
    ...changed.flatMap(({ id, before, after }) => (before ? changesInWords(id, before, after, by) : [])),
  ];
}

const otherPlan = ({ refused }: Plan): ProblemError =>
  refused.length > 0
    ? invalidRequest({ field: 'content', message: 'a line is refused; plan it to see which, and why' })
    : new ProblemError(
        'precondition-failed',
        'The file or the users that it is about are not as they were when this was planned. Nothing was done; plan it again.',
      );
