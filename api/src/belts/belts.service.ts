import { Inject, Injectable } from '@nestjs/common';
import type { Belt, BeltAnswer, BeltName, BeltsAnswer } from '@beltline/contract';
import { queries } from '@beltline/sql/clickhouse';
import type { z } from 'zod';
import { ClickHouseService } from '../platform/clickhouse/clickhouse.service.ts';
import { invalidRequest, notFound } from '../platform/problem/problem-error.ts';
import { KeptOfVintage } from '../sources/kept-of-vintage.ts';
import { VintageService } from '../sources/vintage.service.ts';
import { metaOf, type Vintage } from '../sources/vintage.ts';

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

/** A belt without its details, as it stands in rankings. */
export const beltNameOf = ({ beltId, name, province, city, county, category }: Belt): BeltName => ({
  beltId,
  name,
  province,
  city,
  county,
  category,
});

/** Registries of versions. */
const KEPT = 20;

@Injectable()
export class BeltsService {
  private readonly registries = new KeptOfVintage<Belt[]>(KEPT);

  constructor(
    @Inject(ClickHouseService) private readonly clickhouse: ClickHouseService,
    @Inject(VintageService) private readonly vintages: VintageService,
  ) {}

  async list(question: { source?: string; q?: string; province?: string }): Promise<BeltsAnswer> {
    const vintage = await this.vintages.of(question.source);
    return { meta: metaOf(vintage), belts: await this.matching(vintage, question) };
  }

  async one(beltId: string, source: string | undefined): Promise<BeltAnswer> {
    const vintage = await this.vintages.of(source);
    const belt = await this.find(vintage, beltId);
    if (!belt) throw notFound('beltId: there is no such belt');
    return { meta: metaOf(vintage), belt };
  }

  /** Belts of a vintage, of a province or with a text in their names; all of them without either. */
  async matching(vintage: Vintage, filter: { q?: string; province?: string } = {}): Promise<Belt[]> {
    if (filter.q !== undefined) return this.ask(vintage, filter.q, filter.province);
    const all = await this.registry(vintage);
    return filter.province === undefined ? all : all.filter((belt) => belt.province === filter.province);
  }

  /** @throws ProblemError where a question names a belt that its caller cannot see. */
  async assertKnown(vintage: Vintage, beltId: string | undefined, field = 'belt'): Promise<void> {
    if (beltId === undefined) return;
    const belt = await this.find(vintage, beltId);
    if (!belt) throw invalidRequest({ field, message: 'there is no such belt' });
  }

  /** One of all belts, which are in memory: a query of its own would take as long as that of the figures. */
  private async find(vintage: Vintage, beltId: string): Promise<Belt | undefined> {
    return (await this.registry(vintage)).find((belt) => belt.beltId === beltId);
  }

  /** All belts of a version: every question needs them to know its area, so they are read once. */
  private registry(vintage: Vintage): Promise<Belt[]> {
    return this.registries.of(vintage, {}, () => this.ask(vintage));
  }

  private async ask(vintage: Vintage, q = '', province = ''): Promise<Belt[]> {
    const rows = await this.clickhouse.ask(vintage.scope, queries.belts, {
      data_version: vintage.dataVersion,
      as_of: vintage.loaded.dataThrough,
      province,
      q,
    });
    return rows.map(beltOf);
  }
}
