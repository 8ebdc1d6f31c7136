import { Inject, Injectable } from '@nestjs/common';
import type { Source, SourcesAnswer } from '@beltline/contract';
import type { Viewer } from '../../access/viewer.ts';
import { hasFestival } from '../../core/spring-festival.ts';
import { IntegrityService } from '../../data/integrity/integrity.service.ts';
import { sourcePeriods } from '../../data/versions/source-periods.ts';
import { VintageService } from '../../data/versions/vintage.service.ts';
import type { Vintage } from '../../data/versions/vintage.ts';

const UNKNOWN_SIZE = { belts: null, merchants: null, lines: null };

@Injectable()
export class SourcesService {
  constructor(
    @Inject(VintageService) private readonly vintages: VintageService,
    @Inject(IntegrityService) private readonly integrity: IntegrityService,
  ) {}

  /** Also of sources whose figures are damaged: a page that could not list them could not say so. */
  async list(viewer: Viewer): Promise<SourcesAnswer> {
    const vintages = await this.vintages.all(viewer);
    return {
      sources: await Promise.all(
        vintages.map(async (vintage) =>
          (await this.integrity.isSound(vintage.source, vintage.dataVersion))
            ? sourceOf(vintage)
            : { ...sourceOf(vintage), ...UNKNOWN_SIZE },
        ),
      ),
    };
  }
}

/** A vintage as the wire shows it: without its scope, with the periods that can be asked for. */
const sourceOf = (vintage: Vintage): Source => ({
  source: vintage.source,
  name: vintage.name,
  currency: vintage.currency,
  timeZone: vintage.timeZone,
  homeCountry: vintage.homeCountry,
  keepsSpringFestival: hasFestival(vintage.homeCountry),
  firstDay: vintage.loaded.firstDay,
  dataThrough: vintage.loaded.dataThrough,
  notLoaded: [...(vintage.loaded.notLoaded ?? [])],
  ...(vintage.loaded.edges ? { edges: [...vintage.loaded.edges] } : {}),
  ...sourcePeriods(vintage.loaded),
  dataVersion: vintage.dataVersion,
  publishedAt: vintage.publishedAt,
  belts: vintage.belts,
  merchants: vintage.merchants,
  lines: vintage.lines,
});
