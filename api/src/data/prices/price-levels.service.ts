import { Inject, Injectable } from '@nestjs/common';
import type { Track } from '@beltline/contract';
import { queries } from '@beltline/sql/clickhouse';
import { firstDayOf, type Month } from '../../core/calendar.ts';
import { TRACK_BIT } from '../../core/tracks.ts';
import { ClickHouseService } from '../../platform/clickhouse/clickhouse.service.ts';
import {
  type OwnersPart,
  type OwnersPrice,
  priceChain,
  type PriceLevel,
  priceLevel,
  type PriceLink,
  soldIn,
} from '../../statistics/price-level.ts';
import { areaBelts, type ResolvedArea } from '../areas/area.ts';
import type { Vintage } from '../versions/vintage.ts';
import { takenTogether } from './priced-periods.ts';

/** Of a month of a chain; `sizes`: what each owner sold in it and in the chain's first month together. */
export type ChainedPrice = OwnersPrice & { readonly sizes: Float64Array };

/** What an owner adds is told in whole numbers of this, because those add up to the same in any order. A power of two: nothing is rounded twice. */
const PARTS_OF_ONE = 2 ** 50;

/** Prices of an area over periods, with what its owners add to them. */
@Injectable()
export class PriceLevelsService {
  constructor(@Inject(ClickHouseService) private readonly clickhouse: ClickHouseService) {}

  /**
   * Prices of the last period against the first `bases` together; what it gives puts owners into the order of their `seeds`, and is null where no
   * matched items lead from one to the other. @throws EngineError
   */
  async of(
    vintage: Vintage,
    area: ResolvedArea,
    track: Track,
    periods: readonly (readonly Month[])[],
    bases = 1,
  ): Promise<(seeds: Float64Array) => PriceLevel | null> {
    const asked = { vintage, area, track, periods };
    const { links, sold } = await this.links(asked);
    const found = priceLevel(links, sold, bases);
    if (found === null) return () => null;
    const { seeds: own, added } = await this.ofOwners(asked, [scaled(found.influence, PARTS_OF_ONE)]);
    const placeOf = new Map([...own].map((seed, place) => [seed, place]));
    const influence = partsOf(added[0]);
    return (seeds) => ({ ...found, influence: seeds.map((seed) => influence[placeOf.get(seed) ?? -1] ?? 0) });
  }

  /**
   * Prices of all lines in each of some months against the first that matched items lead from; null for that one, which is 1 whatever was sold, and for a
   * month that nothing leads to. @throws EngineError
   */
  async chain(
    vintage: Vintage,
    area: ResolvedArea,
    months: readonly Month[],
  ): Promise<(ChainedPrice | null)[]> {
    const asked = { vintage, area, track: 'all' as const, periods: months.map((month) => [month]) };
    const { links, sold } = await this.links(asked);
    const chain = priceChain(links, sold);
    const first = chain.findIndex((price) => price !== null);
    const told = chain.flatMap((price, period) =>
      price === null || period === first ? [] : [{ ...price, period }],
    );
    if (told.length === 0) return chain.map(() => null);
    const { added } = await this.ofOwners(asked, [
      ...told.map(({ influence }) => scaled(influence, PARTS_OF_ONE)),
      ...told.map(({ period }) => [soldIn(first), soldIn(period)]),
    ]);
    const found = new Map(
      told.map(({ index, period }, place) => {
        const sizes = added[told.length + place] ?? new Float64Array();
        return [period, { index, influence: partsOf(added[place]), sizes }] as const;
      }),
    );
    return months.map((_, period) => found.get(period) ?? null);
  }

  /** Links of all pairs of periods, and what was sold in each period. */
  private async links(asked: Asked): Promise<{ links: PriceLink[]; sold: number[] }> {
    const { scope } = asked.vintage;
    const rows = await this.clickhouse.ask(scope, queries.priceLinks, parametersOf(asked));
    const sold = asked.periods.map(
      (_, period) => rows.find((row) => row.from_period === period && row.to_period === period)?.value0 ?? 0,
    );
    const links = rows
      .filter((row) => row.from_period < row.to_period)
      .map(({ from_period: from, to_period: to, ...sums }) => ({ from, to, ...sums }));
    return { links, sold };
  }

  /** What each owner adds to some figures; the same owners in the same order. The engine adds, because all sums of all pairs would be hundreds of megabytes. */
  private async ofOwners(
    asked: Asked,
    figures: readonly OwnersPart[],
  ): Promise<{ seeds: Float64Array; added: Float64Array[] }> {
    const rows = await this.clickhouse.ask(asked.vintage.scope, queries.priceInfluences, {
      ...parametersOf(asked),
      ...factorsOf(figures),
    });
    return {
      seeds: Float64Array.from(rows[0]?.owner_seeds ?? []),
      added: figures.map((_, figure) => Float64Array.from(rows[figure]?.added ?? [])),
    };
  }
}

interface Asked {
  readonly vintage: Vintage;
  readonly area: ResolvedArea;
  readonly track: Track;
  readonly periods: readonly (readonly Month[])[];
}

const parametersOf = ({ vintage, area, track, periods }: Asked) => ({
  data_version: vintage.dataVersion,
  ...areaBelts(area),
  ...takenTogether(
    periods.map((months) => months.map(firstDayOf)),
    TRACK_BIT[track],
  ),
});

/** By what the sums of each pair of periods are multiplied for each of some figures, in the order of price-influences.sql. */
function factorsOf(figures: readonly OwnersPart[]) {
  const pairs = new Map(figures.flat().map(({ from, to }) => [`${from} ${to}`, { from, to }]));
  const all = [...pairs.values()];
  const factorsIn = (sum: 'value0' | 'value1' | 'tornqvist0' | 'tornqvist1') =>
    all.map(({ from, to }) =>
      figures.map((part) =>
        part
          .filter((one) => one.from === from && one.to === to)
          .reduce((factor, one) => factor + one[sum], 0),
      ),
    );
  return {
    from_periods: all.map(({ from }) => from),
    to_periods: all.map(({ to }) => to),
    of_value0: factorsIn('value0'),
    of_value1: factorsIn('value1'),
    of_tornqvist0: factorsIn('tornqvist0'),
    of_tornqvist1: factorsIn('tornqvist1'),
  };
}

const scaled = (part: OwnersPart, factor: number): OwnersPart =>
  part.map(({ from, to, value0, value1, tornqvist0, tornqvist1 }) => ({
    ...{ from, to, value0: factor * value0, value1: factor * value1 },
    ...{ tornqvist0: factor * tornqvist0, tornqvist1: factor * tornqvist1 },
  }));

const partsOf = (added: Float64Array | undefined): Float64Array =>
  (added ?? new Float64Array()).map((parts) => parts / PARTS_OF_ONE);
