import type { BriefFigure, ComparedValue, SureFigure } from '@beltline/contract';

type PartFigures = Record<'value' | 'baseline' | 'change' | 'contribution', BriefFigure> & {
  contribution: BriefFigure | SureFigure;
};
type Drawn<P> = Omit<P, keyof PartFigures> & {
  value: number | null;
  baseline: number | null;
  change: number;
  contribution: number | null;
  /** The contribution with its interval, where it can have one. */
  sure: SureFigure | null;
};

/** Parts of a change with the numbers that a waterfall draws; one whose change is not told has no bar, rather than one of 0. */
export const drawnParts = <P extends PartFigures>(parts: readonly P[]): Drawn<P>[] =>
  parts.flatMap(({ value, baseline, change, contribution, ...part }) =>
    change.value === null
      ? []
      : [
          {
            ...part,
            value: value.value,
            baseline: baseline.value,
            change: change.value,
            contribution: contribution.value,
            sure: 'uncertainty' in contribution ? contribution : null,
          },
        ],
  );

/** What the parts add up to; there are none where it is not told. */
export const drawnTotal = ({ change, growth }: ComparedValue) => ({
  change: change.value ?? 0,
  growth: growth.value,
});
