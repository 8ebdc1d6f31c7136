/** Into what the tracks of a month are divided, as the gate takes it: which parts are named, and what each owner has of each. */
import { DIVIDED_TRACK, type Partition, PARTITIONS, TRACK } from '@beltline/contract';
import { queries } from '@beltline/sql/clickhouse';
import type { z } from 'zod';
import { isInTrack } from '../core/tracks.ts';
import type { HeldPiece } from './gate-messages.ts';
import { partBit, type PartsNamed } from './gated-parts.ts';

type Size = z.output<typeof queries.partSizes.row>;
type Row = z.output<typeof queries.partHoldings.row>;
type Total = z.output<typeof queries.holdingsTotals.row>;

/** Of a track so many parts are named: few enough for a row of a report, and for areas to have all of them. */
const NAMED_PARTS = 5;

/** What both questions about parts are asked with. */
export const partsAsked = (homeCountry: string) => ({
  distribution_bit: TRACK.distribution.bit,
  cross_border_bit: TRACK['cross-border'].bit,
  home_country: homeCountry,
});

/** The largest of the nation, in its order: which these are tells of no smaller area. What has no name is among the others. */
export const namedOf = (
  sizes: readonly Size[],
  most = NAMED_PARTS,
): Readonly<Record<Partition, PartsNamed>> => {
  const of = (partition: Partition): PartsNamed => {
    const all = sizes.filter((size) => size.partition === partition);
    const named = all.flatMap(({ part }) => (part === '' ? [] : [part])).slice(0, most);
    return { named, hasOthers: all.length > named.length };
  };
  return { channels: of('channels'), countries: of('countries') };
};

/** A place below 0: the line is of no such part. */
const bitOf = (partition: Partition, place: number): number => (place < 0 ? 0 : partBit(partition, place));

export const partPieceOf = ({
  belt_id,
  combination,
  channel,
  country,
  side,
  owners,
  gmv,
}: Row): HeldPiece => ({
  ...{ of: 'parts', belt: belt_id, side, owners },
  combination: combination | bitOf('channels', channel) | bitOf('countries', country),
  values: [gmv],
});

/** What does not fit; null where all does. Without a value: this ends in the log. */
export function partDifference(rows: readonly Row[], totals: readonly Total[]): string | null {
  const keyOf = ({ belt_id, combination }: Pick<Row, 'belt_id' | 'combination'>) =>
    `${belt_id}/${combination}`;
  const isDivided = ({ combination }: Pick<Row, 'combination'>) =>
    PARTITIONS.some((partition) => isInTrack(combination, DIVIDED_TRACK[partition]));
  const paid = new Map(totals.filter(isDivided).map((total) => [keyOf(total), total.gmv]));
  for (const side of ['seller', 'buyer'] as const) {
    const sums = new Map<string, number>();
    for (const row of rows.filter((one) => one.side === side))
      sums.set(
        keyOf(row),
        row.gmv.reduce((sum, one) => sum + one, sums.get(keyOf(row)) ?? 0),
      );
    for (const key of new Set([...paid.keys(), ...sums.keys()]))
      if ((sums.get(key) ?? 0) !== (paid.get(key) ?? 0))
        return `what parts come to for ${side}s is not what is published (${key})`;
  }
  const wrong = rows.find(
    ({ combination, channel, country }) =>
      channel >= 0 !== isInTrack(combination, DIVIDED_TRACK.channels) ||
      country >= 0 !== isInTrack(combination, DIVIDED_TRACK.countries),
  );
  return wrong ? `a part is of a line of another track (${keyOf(wrong)})` : null;
}
