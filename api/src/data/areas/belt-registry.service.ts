import { Inject, Injectable } from '@nestjs/common';
import type { Belt, BeltName } from '@beltline/contract';
import { queries } from '@beltline/sql/clickhouse';
import type { z } from 'zod';
import { seesBelt } from '../../access/viewer.ts';
import { rememberedOf } from '../../core/remembered.ts';
import { ClickHouseService } from '../../platform/clickhouse/clickhouse.service.ts';
import { writtenOnce } from '../../platform/written-json.ts';
import { VersionCache } from '../versions/version-cache.ts';
import { asSystem, type Vintage } from '../versions/vintage.ts';
import { VintageService } from '../versions/vintage.service.ts';

type Row = z.output<typeof queries.belts.row>;

const beltOf = (row: Row): Belt => ({
  beltId: row.belt_id,
  name: { zh: row.name_zh, en: row.name_en },
  province: row.province,
  city: row.city,
  county: row.county,
  category: { zh: row.category_zh, en: row.category_en },
  adcode: row.adcode,
  longitude: row.longitude,
  latitude: row.latitude,
  merchants: row.merchants,
});

/** A belt without its details, as it stands in rankings. The belts of a version are in memory, and so are their names. */
export const beltNameOf = rememberedOf(({ beltId, name, province, city, county, category }: Belt): BeltName =>
  writtenOnce({ beltId, name, province, city, county, category }),
);

const REGISTRY = { kind: 'series', name: 'belts' } as const;

/** The belts of a version, read once: every question needs them to know its area. */
@Injectable()
export class BeltRegistry {
  constructor(
    @Inject(ClickHouseService) private readonly clickhouse: ClickHouseService,
    @Inject(VersionCache) private readonly cache: VersionCache,
    @Inject(VintageService) vintages: VintageService,
  ) {
    vintages.onNew((vintage) => this.all(vintage));
  }

  /** Every belt there is, whoever asks: only so can it be told whether a region may be seen as a whole. */
  all(vintage: Vintage): Promise<Belt[]> {
    const whole = asSystem(vintage);
    return this.cache.of(whole, REGISTRY, {}, async () => {
      const parameters = { data_version: vintage.dataVersion, as_of: vintage.loaded.dataThrough };
      return (await this.clickhouse.ask(whole.scope, queries.belts, parameters)).map(beltOf);
    });
  }

  /** The belts that the viewer may see. */
  async visible(vintage: Vintage): Promise<Belt[]> {
    const all = await this.all(vintage);
    return vintage.scope.belts === 'everything'
      ? all
      : all.filter(({ beltId }) => seesBelt(vintage.scope, beltId));
  }
}
