/** Made-up releases with channels and destinations, for property tests. */
import {
  type BriefFigure,
  DIVIDED_TRACK,
  PARTITIONS,
  type ReleasedArea,
  type ReleasedPartition,
} from '@beltline/contract';
import fc from 'fast-check';
import { cellOn } from '../documents/report-names.ts';
import { dataWithStructure } from './region-data.fixture.ts';
import type { RegionData } from './region-data.ts';

const figure = (value: number): BriefFigure => ({ value, flag: 'final', reason: null });
const NAMED = {
  channels: [
    ...['taobao', 'douyin'].map((part) => ({ part, name: { zh: `渠道${part}`, en: `Channel ${part}` } })),
    { part: 'others', name: { zh: '其他渠道', en: 'Other channels' } },
  ],
  countries: [
    { part: 'VN', name: { zh: '越南', en: '=Vietnam' } },
    { part: 'others', name: { zh: '其他国家和地区', en: 'Other countries and regions' } },
  ],
};
/** Of an area whose track is shown all parts, the first and what is left over, or none. */
const partitionsOf = (area: ReleasedArea): fc.Arbitrary<ReleasedPartition[]> =>
  fc
    .tuple(
      ...PARTITIONS.map((partition) =>
        fc
          .tuple(fc.constantFrom('all', 'some', 'none'), fc.integer({ min: 0, max: 500 }))
          .map(([kind, thousandths]): ReleasedPartition => {
            const { state } = cellOn(area, DIVIDED_TRACK[partition]);
            if (state !== 'shown') return { partition, state, parts: [] };
            if (kind === 'none') return { partition, state: 'suppressed', parts: [] };
            const [first, ...others] = NAMED[partition];
            const named = kind === 'all' ? NAMED[partition] : [first, others.at(-1)];
            const parts = named.flatMap((one, at) =>
              one ? [{ ...one, share: figure(((thousandths + 137 * at) % 1_001) / 1_000) }] : [],
            );
            return { partition, state, parts };
          }),
      ),
    )
    .map((partitions) => [...partitions]);
const divided = (area: ReleasedArea): fc.Arbitrary<ReleasedArea> =>
  partitionsOf(area).map((partitions) => ({ ...area, partitions }));
const allDivided = (areas: readonly ReleasedArea[]) =>
  areas.reduce<fc.Arbitrary<ReleasedArea[]>>(
    (before, area) => fc.tuple(before, divided(area)).map(([list, one]) => [...list, one]),
    fc.constant([]),
  );

/** The same with channels and destinations. */
export const dataWithPartitions = dataWithStructure.chain((one) =>
  fc
    .tuple(
      divided(one.nation),
      one.province ? divided(one.province) : fc.constant(null),
      allDivided(one.cities),
      allDivided(one.belts),
    )
    .map(([nation, province, cities, belts]): RegionData => ({
      ...{ ...one, nation, province, cities, belts },
      format: 6,
    })),
);
