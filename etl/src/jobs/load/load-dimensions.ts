/** Belts, merchants and memberships of a batch: typed, checked, and joined with what is in force. */
import { MERCHANT_SIZES } from './canonical-model.ts';
import type { LoadSession } from './load-session.ts';
import { lookupColumns, mappedNames, type SourceMapping } from './source-mapping.ts';

/** Leaves `load__*_checked`, `load__known_*`, `load__members` and `load__members_before` in the load's database. */
export async function stageDimensions(
  session: LoadSession,
  source: string,
  mapping: SourceMapping,
): Promise<void> {
  const lookup = async (model: 'belts' | 'merchants' | 'memberships') => ({
    mapping: mapping[model],
    columns: lookupColumns(model, await mappedNames(session, mapping, model)),
  });
  const batch = { source, batch_id: session.batchId };
  await session.run('create-belts', { fill: await lookup('belts') });
  await session.run('create-merchants', {
    fill: await lookup('merchants'),
    parameters: { sizes: MERCHANT_SIZES },
  });
  await session.run('create-known-belts', { parameters: { source } });
  await session.run('create-known-merchants', { parameters: { source } });
  await session.run('create-memberships', { fill: await lookup('memberships') });
  await session.run('create-members', {
    fill: { name: 'load__members', batch_memberships: '1' },
    parameters: batch,
  });
  await session.run('create-members', {
    fill: { name: 'load__members_before', batch_memberships: '0' },
    parameters: batch,
  });
}
