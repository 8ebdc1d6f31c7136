import { Inject, Injectable } from '@nestjs/common';
import type { Source, SourcesAnswer } from '@beltline/contract';
import { sourcePeriods } from './source-periods.ts';
import { VintageService } from './vintage.service.ts';
import type { Vintage } from './vintage.ts';

@Injectable()
export class SourcesService {
  constructor(@Inject(VintageService) private readonly vintages: VintageService) {}

  async list(): Promise<SourcesAnswer> {
    const vintages = await this.vintages.all();
    return { sources: vintages.map(sourceOf) };
  }
}

/** A vintage as the wire shows it: without its scope, with the periods that can be asked for. */
const sourceOf = (vintage: Vintage): Source => ({
  source: vintage.source,
  name: vintage.name,
  currency: vintage.currency,
  timeZone: vintage.timeZone,
  homeCountry: vintage.homeCountry,
  ...vintage.loaded,
  notLoaded: [...(vintage.loaded.notLoaded ?? [])],
  ...sourcePeriods(vintage.loaded),
  dataVersion: vintage.dataVersion,
  publishedAt: vintage.publishedAt,
  belts: vintage.belts,
  merchants: vintage.merchants,
  lines: vintage.lines,
});
