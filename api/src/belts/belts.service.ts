import { Inject, Injectable } from '@nestjs/common';
import type { Belt, BeltAnswer, BeltName, BeltsAnswer } from '@beltline/contract';
import { queries } from '@beltline/sql/clickhouse';
import type { z } from 'zod';
import { ClickHouseService } from '../platform/clickhouse/clickhouse.service.ts';
import { invalidRequest, notFound } from '../platform/problem/problem-error.ts';
import { KeptOfVintage } from '../sources/kept-of-vintage.ts';
import { VintageService } from '../sources/vintage.service.ts';
import { metaOf, type Vintage } from '../sources/vintage.ts';
import { BeltSearch } from './belt-search.ts';

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
  private readonly searches = new KeptOfVintage<BeltSearch>(KEPT);

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

  /** Belts of a vintage, of a province or that a text finds, the best first; all of them without either. */
  async matching(vintage: Vintage, { q, province }: { q?: string; province?: string } = {}): Promise<Belt[]> {
    const all = await this.registry(vintage);
    const found = q === undefined ? all : await this.searched(vintage, q, all);
    return province === undefined ? found : found.filter((belt) => belt.province === province);
  }

  private async searched(vintage: Vintage, q: string, all: readonly Belt[]): Promise<Belt[]> {
    const search = await this.searches.of(vintage, {}, () => BeltSearch.over(all));
    return search.find(q);
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

  private async ask(vintage: Vintage): Promise<Belt[]> {
    const rows = await this.clickhouse.ask(vintage.scope, queries.belts, {
      data_version: vintage.dataVersion,
      as_of: vintage.loaded.dataThrough,
    });
    return rows.map(beltOf);
  }
}
