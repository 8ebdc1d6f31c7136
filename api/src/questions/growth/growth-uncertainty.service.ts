import { Inject, Injectable } from '@nestjs/common';
import {
  type GrowthQuestion,
  type GrowthUncertaintyAnswer,
  isDistinct,
  isFlow,
  type Measure,
  type Track,
} from '@beltline/contract';
import { ofMeasures } from '../../core/amounts.ts';
import { known } from '../../core/brief-figure.ts';
import { isInTrack } from '../../core/tracks.ts';
import type { ComparisonContext } from '../../data/context/context.ts';
import { sure, sureGrowth } from '../../data/owners/figure-error.ts';
import { OwnerCombinationsService } from '../../data/owners/owner-combinations.service.ts';
import type { OwnerCombinations } from '../../data/owners/owner-combinations.ts';
import { turns } from '../../platform/turns.ts';
import { countGrowthError } from '../../statistics/count-errors.ts';
import { ratioError } from '../../statistics/owner-bootstrap.ts';
import { answerWith } from '../indicator.ts';
import { GrowthService } from './growth.service.ts';

/** How sure the headline is: growth of every track by every measure. */
@Injectable()
export class GrowthUncertaintyService {
  constructor(
    @Inject(GrowthService) private readonly growth: GrowthService,
    @Inject(OwnerCombinationsService) private readonly owners: OwnerCombinationsService,
  ) {}

  /** @throws EngineError */
  async of(context: ComparisonContext, question: GrowthQuestion): Promise<GrowthUncertaintyAnswer> {
    const flows = question.measures.filter(isFlow);
    const [headline, owners] = await Promise.all([
      this.growth.headline(context, question),
      this.owners.of(context, flows),
    ]);
    const tracks: GrowthUncertaintyAnswer['tracks'] = [];
    for (const { track, measures } of headline.tracks) {
      // A nation has some ten thousand owners.
      await turns.next();
      tracks.push({
        track,
        measures: ofMeasures(question.measures, (measure) => {
          const growth = measures[measure]?.growth ?? known(null, 'no-data');
          if (measure === 'buyers') return sure(growth, 'buyers-of-many-owners');
          return sureGrowth(
            growth,
            errorOf(
              owners,
              flows.findIndex((flow) => flow === measure),
              measure,
              track,
            ),
          );
        }),
      });
    }
    return { meta: headline.meta, area: headline.area, tracks };
  }
}

/** `place`: of the measure among those that were read; merchants are counted and not read. */
function errorOf(owners: OwnerCombinations, place: number, measure: Measure, track: Track) {
  const isOf = (combination: number) => isInTrack(combination, track);
  return isDistinct(measure)
    ? countGrowthError(owners.merchants(isOf))
    : ratioError({ ...owners.sums(place, isOf), scale: 'log' });
}

export const growthUncertaintyAnswerer = answerWith(
  'growthUncertainty',
  'comparison',
  GrowthUncertaintyService,
  (service, context, question) => service.of(context, question),
);
