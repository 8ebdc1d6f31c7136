import { Inject, Injectable } from '@nestjs/common';
import {
  COMBINED_TRACKS,
  type ContributionPart,
  type ContributionsUncertaintyAnswer,
  type ContributionsUncertaintyQuestion,
  isFlow,
} from '@beltline/contract';
import { EXCLUSIVE_MASK, isInTrack, TRACK_BIT } from '../../core/tracks.ts';
import type { ComparisonContext } from '../../data/context/context.ts';
import { changeWithError, sureGrowth } from '../../data/owners/figure-error.ts';
import { OwnerCombinationsService } from '../../data/owners/owner-combinations.service.ts';
import type { IsOf } from '../../data/owners/owner-combinations.ts';
import { turns } from '../../platform/turns.ts';
import { countGrowthError } from '../../statistics/count-errors.ts';
import { ratioError } from '../../statistics/owner-bootstrap.ts';
import { splitErrors } from '../../statistics/split-errors.ts';
import { answerWith } from '../indicator.ts';
import { ContributionsService } from './contributions.service.ts';

/** How sure the parts of a change by exclusive combination of tracks are. */
@Injectable()
export class ContributionsUncertaintyService {
  constructor(
    @Inject(ContributionsService) private readonly contributions: ContributionsService,
    @Inject(OwnerCombinationsService) private readonly owners: OwnerCombinationsService,
  ) {}

  /** @throws EngineError */
  async of(
    context: ComparisonContext,
    question: ContributionsUncertaintyQuestion,
  ): Promise<ContributionsUncertaintyAnswer> {
    const { by, track, measure } = question;
    const [split, owners] = await Promise.all([
      this.contributions.split(context, question),
      this.owners.of(context, isFlow(measure) ? [measure] : []),
    ]);
    await turns.next();
    const isInWhole: IsOf = (combination) => isInTrack(combination, track);
    const isSum = isFlow(measure);
    const sold = (isOf: IsOf) => (isSum ? owners.sums(0, isOf) : owners.merchants(isOf));
    const whole = sold(isInWhole);
    await turns.next();
    const members = membersOf(split.parts);
    const parts = split.parts.map((_, index) =>
      sold((combination) => isInWhole(combination) && members(combination) === index),
    );
    await turns.next();
    const errors = splitErrors(parts, whole, !isSum);
    const { total } = split;
    return {
      ...{ meta: split.meta, by, track, measure, area: split.area },
      total: sureGrowth(
        total.growth,
        isFlow(measure)
          ? ratioError({ ...whole, scale: 'log' })
          : countGrowthError(owners.merchants(isInWhole)),
      ),
      parts: split.parts.map(({ kind, combination, contribution }, index) => ({
        ...{ kind, combination },
        contribution: changeWithError(contribution, errors[index] ?? 'too-few-owners', 1),
      })),
    };
  }
}

/** Of which part a combination is: the one of its name, else the rest. Overseas local users are not told apart. */
function membersOf(parts: readonly ContributionPart[]): (combination: number) => number {
  const maskOf = (names: readonly string[]) =>
    COMBINED_TRACKS.reduce((mask, track) => (names.includes(track) ? mask | TRACK_BIT[track] : mask), 0);
  const named = new Map(
    parts.flatMap(({ combination }, index) =>
      combination === null ? [] : [[maskOf(combination), index] as const],
    ),
  );
  const rest = parts.findIndex(({ kind }) => kind === 'rest');
  return (combination) => named.get(combination & EXCLUSIVE_MASK) ?? rest;
}

export const contributionsUncertaintyAnswerer = answerWith(
  'contributionsUncertainty',
  'comparison',
  ContributionsUncertaintyService,
  (service, context, question) => service.of(context, question),
);
