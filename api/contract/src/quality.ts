import { z } from 'zod';
import { area, areaParameters, checkOneArea } from './area.ts';
import { briefFigure, grade, resting, sureFigure } from './figure.ts';
import { meta } from './indicator.ts';
import { which } from './question-parts.ts';
import { day, flowMeasure, month, reason, recoveryStateName } from './vocabulary.ts';

export const qualityQuestion = z
  .strictObject({
    ...which,
    ...areaParameters,
    measure: flowMeasure.default('gmv'),
    /** The month at whose end states are told; left out: the last complete one. */
    month: month.optional(),
  })
  .check(checkOneArea);
export type QualityQuestion = z.output<typeof qualityQuestion>;

const certainty = z.enum(['sure', 'likely']).nullable();
const count = z.number().int();

/**
 * The largest order of a belt in the window of its state, and what the belt is without it. `state`, `certainty`, `growth`: of the belt without the
 * order, by the same rule. `changed`: that state is another one. `growth` and `share` are ratios.
 */
const largestOrder = z.object({
  orderId: resting(z.string().nullable()),
  day,
  /** In the measure's unit. */
  amount: briefFigure,
  share: briefFigure,
  growth: sureFigure,
  state: resting(recoveryStateName.nullable()),
  certainty: resting(certainty),
  changed: resting(z.boolean().nullable()),
});

/** A belt, the same by each view of its quality. `other`: its state by the other measure. */
const qualityRow = z.object({
  area,
  state: recoveryStateName,
  certainty,
  /** Why nothing can be said of chance, or of a state. */
  reason: reason.nullable(),
  /** Of the level; of the growth where there is no level for want of years. Null where there is no interval. */
  grade: resting(grade.nullable()),
  growth: sureFigure,
  other: z.object({ state: recoveryStateName, certainty }),
  entrants: sureFigure,
  sameStoreGap: sureFigure,
  largest: largestOrder.nullable(),
});
export type QualityRow = z.infer<typeof qualityRow>;

/**
 * `GET /quality`: what the figures of a data version are worth, under the headings of the European statistical system (SIMS 2.0): S.12 to S.15. Revisions (S.13.3)
 * are not in it. `month`: the month at whose end states are told; null where none is complete, and then nothing of accuracy and agreement is told.
 */
export const qualityAnswer = z.object({
  meta,
  area,
  measure: flowMeasure,
  month: month.nullable(),
  /** Completeness. Loads are of the source as a whole: null for who may not see all of it. */
  completeness: z.object({
    firstDay: day,
    months: count,
    notLoaded: z.array(month),
    edges: z.array(z.object({ month, firstDay: day, lastDay: day })),
    loads: z
      .object({
        committed: count,
        read: count,
        loaded: count,
        superseded: count,
        rejected: count,
        /** Lines that the source says to leave out. */
        ignored: count,
        /** rejected ÷ read, as a ratio; null where nothing was read. */
        rejectedShare: z.number().nullable(),
        rejects: z.array(z.object({ rule: z.string(), field: z.string(), rows: count })),
        warnings: z.array(z.object({ rule: z.string(), rows: count })),
      })
      .nullable(),
    /** Counted lines of the area, all months. `valueInBelts`: the part of GMV of merchants that are in a belt on the day, as a ratio. */
    lines: z.object({
      counted: resting(count.nullable()),
      withoutBelt: resting(count.nullable()),
      ofOwnOwner: resting(count.nullable()),
      withoutTrack: resting(count.nullable()),
      valueInBelts: briefFigure,
    }),
  }),
  /** `lagDays`: from the end of the last day with orders to the publication. `longestGapDays`: between two publications; null where there are fewer than two. */
  timeliness: z.object({ lagDays: z.number(), longestGapDays: z.number().nullable() }),
  /** Of the area's belts. `grades` of the level (else growth) of each; `withoutInterval`: belts that have none. */
  accuracy: z.object({
    belts: count,
    grades: z.array(z.object({ grade, belts: count })),
    withoutInterval: count,
    sure: count,
    likely: count,
    undetermined: count,
    tooLittleData: count,
    /** Of the area as a whole, the three months of breadth against the same a year before. Ratios. */
    entrants: sureFigure,
    allStore: sureFigure,
    sameStore: sureFigure,
    sameStoreGap: sureFigure,
    /**
     * Without the largest order of each belt: `reason` where that cannot be told (`each-order-once`, `lines-replaced`). `changed`: belts of which the state is
     * another one; `claimsChanged`: those of them that had a claim.
     */
    largest: z.object({ reason: reason.nullable(), told: count, changed: count, claimsChanged: count }),
  }),
  /** The same states by another measure. `both`: of the belts with a claim by either, `same` and `differ` of them; `onlyThis`, `onlyOther`: with a claim by one alone. */
  agreement: z.object({
    other: flowMeasure,
    belts: count,
    statesDiffer: count,
    both: count,
    same: count,
    differ: count,
    onlyThis: count,
    onlyOther: count,
    neither: count,
    cells: z.array(z.object({ state: recoveryStateName, other: recoveryStateName, belts: count })),
  }),
  /** Sums of the window of states by the measure: belts + outside + spanning = nation. Null of an area that is not the nation. */
  levels: z
    .object({ belts: briefFigure, outside: briefFigure, spanning: briefFigure, nation: briefFigure })
    .nullable(),
  comparability: z.object({
    /** How many mappings the files were read under; null for who may not see the source as a whole. */
    mappings: count.nullable(),
    movedMerchants: count,
    alteredBelts: count,
    /** The year that levels are told against. */
    reference: count.nullable(),
    festivalShifted: z.boolean(),
    tooFewOwners: count,
  }),
  /** Belts that are another state without their largest order first, then by its share. */
  rows: z.array(qualityRow),
});
export type QualityAnswer = z.infer<typeof qualityAnswer>;
