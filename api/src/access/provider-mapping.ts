/** What an organisation's identity provider says of somebody, as what they are given here: by rules in a file of the operator's. */
import { readFileSync } from 'node:fs';
import { ROLES } from '@beltline/contract';
import type { GrantKind } from '@beltline/sql/postgres';
import { z } from 'zod';

const rule = z.strictObject({
  /** A value that the claim has, or holds where it is a list. */
  value: z.string().min(1),
  roles: z.array(z.enum(ROLES)).min(1),
  sources: z.array(z.string().min(1)).default([]),
  /** Prefixes of GB/T 2260. */
  regions: z.array(z.string().regex(/^\d{2,6}$/, 'must be two to six digits of GB/T 2260')).default([]),
  /** Legal owners as `source:owner`. */
  owners: z.array(z.string().regex(/^[^:]+:.+$/, 'must be source:owner')).default([]),
});
const mappingSchema = z.strictObject({
  /** The claim that rules look at, as `groups`. */
  claim: z.string().min(1),
  /** The claim that people are called by; where it is missing or taken, others are tried. */
  nameClaim: z.string().min(1).default('preferred_username'),
  /** Asked for beside `openid profile email`. */
  scopes: z.array(z.string().min(1)).default([]),
  rules: z.array(rule).min(1),
});
export type ProviderMapping = z.output<typeof mappingSchema>;
export type Grant = readonly [kind: GrantKind, value: string];

/** @throws Error that names the file and each field at fault. */
export function readMapping(file: string): ProviderMapping {
  let text: unknown;
  try {
    text = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`BELTLINE_OIDC_MAPPING: ${file} cannot be read as JSON: ${(error as Error).message}`);
  }
  const parsed = mappingSchema.safeParse(text);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.') || '(whole)'}: ${message}`);
  throw new Error(`BELTLINE_OIDC_MAPPING: ${file}: ${faults.join('; ')}`);
}

/** All that the rules give for these claims, each once and in order; nothing where none fits. */
export function grantsBy(
  { claim, rules }: ProviderMapping,
  claims: Readonly<Record<string, unknown>>,
): Grant[] {
  const held = [claims[claim]].flat().filter((value) => typeof value === 'string');
  const grants = rules
    .filter(({ value }) => held.includes(value))
    .flatMap(({ roles, sources, regions, owners }): Grant[] => [
      ...roles.map((value) => ['role', value] as const),
      ...sources.map((value) => ['source', value] as const),
      ...regions.map((value) => ['region', value] as const),
      ...owners.map((value) => ['owner', value] as const),
    ]);
  return [...new Map(grants.map((grant) => [grant.join('\n'), grant])).values()].sort((a, b) =>
    a.join('\n') < b.join('\n') ? -1 : 1,
  );
}
