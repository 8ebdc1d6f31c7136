import { createHash, randomBytes } from 'node:crypto';
import type { OneTimeLink } from '@beltline/contract';
import { OneTimeLinkEntity } from '@beltline/sql/postgres';
import type { EntityManager } from 'typeorm';

/** Long enough for a weekend. */
export const LINK_MS = 72 * 3_600_000;

export const linkDigest = (token: string): Buffer => createHash('sha256').update(token).digest();

/** A new link for each of these users, in the place of the one before; tokens are told this once. */
export async function makeLinks(
  manager: EntityManager,
  userIds: readonly string[],
  now = new Date(),
): Promise<OneTimeLink[]> {
  if (userIds.length === 0) return [];
  const endsAt = new Date(now.getTime() + LINK_MS);
  const tokens = userIds.map(() => randomBytes(32).toString('base64url'));
  const links = userIds.map((userId, index) => ({ userId, digest: linkDigest(tokens[index] ?? ''), endsAt }));
  await manager.getRepository(OneTimeLinkEntity).upsert(links, ['userId']);
  return tokens.map((token) => ({ token, endsAt: endsAt.toISOString() }));
}
