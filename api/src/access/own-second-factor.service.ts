import { Inject, Injectable } from '@nestjs/common';
import type { BegunSecondFactor, BothShown, OwnSecondFactor } from '@beltline/contract';
import type { EntityManager } from 'typeorm';
import { invalidRequest, notFound, ProblemError } from '../platform/problem/problem-error.ts';
import { AuditService } from './audit.service.ts';
import { ownOf, PresentPassword, withPassword } from './present-password.ts';
import { removeSecondFactor, SecondFactors } from './second-factors.service.ts';
import { SecretKeys } from './secret-keys.ts';
import { SessionsService } from './sessions.service.ts';
import type { Shown } from './shown.ts';
import { SignInLimits } from './sign-in-limits.ts';
import { type From, type SignedIn, type SignInFrom, SignInService } from './sign-in.service.ts';
import type { Viewer } from './viewer.ts';

/** Told how many seconds are to be waited, before a request is refused for them. */
type Wait = (seconds: number) => void;
interface WithCodes {
  readonly recoveryCodes: string[];
  readonly signedIn: SignedIn;
}

/** The second factor of one's own account. Each change ends all sessions and begins the one that asked anew. */
@Injectable()
export class OwnSecondFactorService {
  constructor(
    @Inject(PresentPassword) private readonly present: PresentPassword,
    @Inject(SecondFactors) private readonly factors: SecondFactors,
    @Inject(SecretKeys) private readonly keys: SecretKeys,
    @Inject(SessionsService) private readonly sessions: SessionsService,
    @Inject(SignInLimits) private readonly limits: SignInLimits,
    @Inject(SignInService) private readonly door: SignInService,
    @Inject(AuditService) private readonly audit: AuditService,
  ) {}

  async of(viewer: Viewer): Promise<OwnSecondFactor> {
    const { id } = ownOf(viewer);
    const factor = await this.factors.of(id);
    return {
      onSince: factor?.confirmedAt?.toISOString() ?? null,
      recoveryCodesLeft: factor === null ? 0 : await this.factors.recoveryCodesLeft(id),
      hindrance: this.hindranceOf(viewer),
    };
  }

  /** A secret for the user's authenticator; nothing is asked for yet. @throws ProblemError 400 for the password, 403, 429 */
  async begin(viewer: Viewer, password: string, from: From, wait: Wait): Promise<BegunSecondFactor> {
    const { name } = withPassword(viewer);
    if (!this.keys.canSeal)
      throw new ProblemError('forbidden', 'The operator of this server has set no BELTLINE_SECRETS_KEY.');
    const asked = { password, field: 'password', purpose: 'to turn a second factor on' };
    const user = await this.present.shown(viewer, asked, from, wait);
    await this.limits.succeeded({ name, address: from.address });
    const begun = await this.factors.begin(user);
    if (begun !== null) return begun;
    throw new ProblemError('forbidden', 'A second factor is on already; turn it off first.');
  }

  /** Turns on what was begun, by a code that it makes. @throws ProblemError 400 for the code, 404 where nothing was begun, 429 */
  async confirm(viewer: Viewer, code: string, from: SignInFrom, wait: Wait): Promise<WithCodes> {
    const { id, name } = ownOf(viewer);
    const { address, requestId } = from;
    const passwordHash = await this.present.kept(id);
    const begun = await this.factors.begun(id);
    if (begun === null) throw notFound('No second factor was begun, or too long ago; begin again.');
    await this.limits.assertMayTry({ name, address }, requestId, wait);
    const shown = await this.factors.check(begun, code);
    if (shown?.kind !== 'code') return this.refuse(id, 'to turn it on', from);
    await this.limits.succeeded({ name, address });
    await this.audit.tell({ event: 'second-factor-on', actor: id, subject: id, address, requestId });
    const recoveryCodes = await this.factors.confirm(begun, shown.step);
    if (recoveryCodes === null) throw notFound('Another request was first; look at your account again.');
    return { recoveryCodes, signedIn: await this.renew({ id, passwordHash, factor: begun.id }, from) };
  }

  /** Turns it off, for who shows password and code. @throws ProblemError 400 for either, 404, 429 */
  async end(viewer: Viewer, both: BothShown, from: SignInFrom, wait: Wait): Promise<SignedIn> {
    const of = { event: 'second-factor-off', purpose: 'to turn the second factor off' } as const;
    const { id, passwordHash } = await this.change(viewer, both, of, removeSecondFactor, from, wait);
    return this.renew({ id, passwordHash, factor: null }, from);
  }

  /** New recovery codes, for who shows password and code. @throws ProblemError 400 for either, 404, 429 */
  async renewCodes(viewer: Viewer, both: BothShown, from: SignInFrom, wait: Wait): Promise<WithCodes> {
    let recoveryCodes: string[] = [];
    const make = async (manager: EntityManager, userId: string) => {
      recoveryCodes = await this.factors.renewCodes(manager, userId);
      return true;
    };
    const of = { event: 'recovery-codes-made', purpose: 'to make recovery codes' } as const;
    const shown = await this.change(viewer, both, of, make, from, wait);
    return { recoveryCodes, signedIn: await this.renew(shown, from) };
  }

  private async change(
    viewer: Viewer,
    { password, code }: BothShown,
    { event, purpose }: { event: 'second-factor-off' | 'recovery-codes-made'; purpose: string },
    work: (manager: EntityManager, userId: string) => Promise<boolean>,
    from: SignInFrom,
    wait: Wait,
  ): Promise<Shown> {
    const { address, requestId } = from;
    const asked = { password, field: 'password', purpose };
    const user = await this.present.shown(viewer, asked, from, wait);
    const { id, name } = user;
    const factor = await this.factors.of(id);
    if (factor === null) throw notFound('No second factor is on.');
    const shown = await this.factors.check(factor, code);
    if (shown === null) return this.refuse(id, purpose, from);
    const told = { actor: id, subject: id, address, requestId };
    if (shown.kind === 'recovery-code')
      await this.audit.tell({ event: 'recovery-code-used', ...told, detail: purpose });
    await this.audit.tell({ event, ...told });
    if (!(await this.factors.take(factor, shown, (manager) => work(manager, id))))
      return this.refuse(id, purpose, from);
    await this.limits.succeeded({ name, address });
    return { id, passwordHash: user.passwordHash, factor: factor.id };
  }

  private async refuse(id: string, detail: string, { address, requestId }: From): Promise<never> {
    await this.audit.tell({ event: 'code-failed', actor: id, subject: id, address, requestId, detail });
    throw invalidRequest({ field: 'code', message: 'is wrong, or was used before' });
  }

  private async renew(shown: Shown, from: SignInFrom): Promise<SignedIn> {
    await this.sessions.endAll(shown.id);
    return this.door.let(shown, from);
  }

  private hindranceOf(viewer: Viewer): OwnSecondFactor['hindrance'] {
    if (!viewer.permissions.has('own-second-factor')) return 'not-an-administrator';
    if (viewer.user?.hasPassword !== true) return 'no-password';
    return this.keys.canSeal ? null : 'no-key';
  }
}
