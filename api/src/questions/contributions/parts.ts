import type { Belt, ContributionPart } from '@beltline/contract';
import type { Hundredths } from '@beltline/sql/clickhouse';
import { beltNameOf } from '../../data/areas/belt-registry.service.ts';
import { partOfChange, type Whole } from '../../core/compare.ts';
import { tracksOf } from '../../core/tracks.ts';

/** A whole number of hundredths on both sides: parts are added as integers, so that nothing is lost on the way. */
export interface Sides {
  readonly value: Hundredths;
  readonly baseline: Hundredths;
}

/** What a part stands for. */
export type PartOf =
  | { readonly kind: 'belt'; readonly belt: Belt }
  | { readonly kind: 'combination'; readonly combination: number }
  | { readonly kind: 'unassigned' | 'spanning' };

export interface Part extends Sides {
  readonly of: PartOf;
}

const total = (parts: readonly Sides[], side: keyof Sides) =>
  parts.reduce((sum, part) => sum + part[side], 0);
const change = (part: Sides) => part.value - part.baseline;
const isEmpty = (part: Sides) => part.value === 0 && part.baseline === 0;

/**
 * The parts of a whole by belt. Sums add up over belts by themselves; an order or merchant of several belts is in each of
 * them, and `spanning` takes away what that is too much.
 */
export function partsByBelt(whole: Sides, belts: readonly Belt[], sides: ReadonlyMap<string, Sides>): Part[] {
  const byId = new Map(belts.map((belt) => [belt.beltId, belt]));
  const parts = [...sides].map(([beltId, side]): Part => {
    const belt = byId.get(beltId);
    // A belt that is not in the registry has no name to show; its figures must not be lost.
    return { ...side, of: belt ? { kind: 'belt', belt } : { kind: 'unassigned' } };
  });
  const unassigned = parts.filter((part) => part.of.kind === 'unassigned');
  const known = parts.filter((part) => part.of.kind === 'belt');
  const spanning = {
    value: whole.value - total(parts, 'value'),
    baseline: whole.baseline - total(parts, 'baseline'),
  };
  return [
    ...known,
    {
      value: total(unassigned, 'value'),
      baseline: total(unassigned, 'baseline'),
      of: { kind: 'unassigned' },
    },
    { ...spanning, of: { kind: 'spanning' } },
  ];
}

/** What decides between parts of the same change, so that the same question has the same answer. */
const keyOf = (of: PartOf) =>
  of.kind === 'belt'
    ? of.belt.beltId
    : of.kind === 'combination'
      ? String(of.combination).padStart(2, '0')
      : '';

/**
 * Parts as they are shown: from the greatest gain to the greatest loss, corrections last. Beyond the limit both ends are
 * kept, half of the places each (what one end does not need goes to the other), and what lies between is added together:
 * in a year in which nearly all gain, the losers are what one looks for. Parts with nothing on either side are left out.
 */
export function presentParts(parts: readonly Part[], whole: Whole, limit: number): ContributionPart[] {
  const members = parts
    .filter((part) => (part.of.kind === 'belt' || part.of.kind === 'combination') && !isEmpty(part))
    .sort((a, b) => change(b) - change(a) || (keyOf(a.of) < keyOf(b.of) ? -1 : 1));
  const corrections = parts.filter(
    (part) => (part.of.kind === 'unassigned' || part.of.kind === 'spanning') && !isEmpty(part),
  );
  const losses = members.filter((part) => change(part) < 0).length;
  const tail = Math.min(losses, Math.max(Math.floor(limit / 2), limit - (members.length - losses)));
  const isKept = (index: number) => index < limit - tail || index >= members.length - tail;
  const beyond = members.filter((_, index) => !isKept(index));
  return [
    ...members.filter((_, index) => isKept(index)).map((part) => shown(part, part.of.kind, whole, part.of)),
    ...(beyond.length > 0
      ? [
          {
            ...shown({ value: total(beyond, 'value'), baseline: total(beyond, 'baseline') }, 'rest', whole),
            members: beyond.length,
          },
        ]
      : []),
    ...corrections.map((part) => shown(part, part.of.kind, whole)),
  ];
}

function shown(part: Sides, kind: ContributionPart['kind'], whole: Whole, of?: PartOf): ContributionPart {
  return {
    kind,
    belt: of?.kind === 'belt' ? beltNameOf(of.belt) : null,
    combination: of?.kind === 'combination' ? tracksOf(of.combination) : null,
    ...partOfChange({ ...part, change: change(part) }, whole),
    members: 1,
  };
}
