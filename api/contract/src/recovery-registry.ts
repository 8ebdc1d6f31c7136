/** The questions about recovery: part of the registry of indicators. */
import { clockAnswer, clockQuestion } from './clock.ts';
import { declare, whole } from './declaration.ts';
import {
  differencesAnswer,
  differencesQuestion,
  priceDifferencesAnswer,
  priceDifferencesQuestion,
} from './differences.ts';
import {
  festivalAnswer,
  festivalQuestion,
  recoveryAnswer,
  recoveryQuestion,
  recoveryUncertaintyAnswer,
  recoveryUncertaintyQuestion,
  recoveryVolumeAnswer,
  stateHistoryAnswer,
  stateHistoryQuestion,
  statesAnswer,
  statesQuestion,
} from './recovery.ts';
import { adjustmentAnswer, adjustmentQuestion } from './revisions.ts';

export const RECOVERY_INDICATORS = {
  recovery: declare({
    operationId: 'recovery.recovery',
    name: 'RecoveryAnswer',
    summary: 'Recovery of an area: level, adjusted series, aligned growth, nowcast, turning points and state',
    question: recoveryQuestion,
    answer: recoveryAnswer,
    example: whole(),
  }),
  recoveryUncertainty: declare({
    operationId: 'recovery.uncertainty',
    name: 'RecoveryUncertaintyAnswer',
    summary: 'How sure level and growth of each single month are',
    question: recoveryUncertaintyQuestion,
    answer: recoveryUncertaintyAnswer,
    example: whole(),
  }),
  recoveryVolume: declare({
    operationId: 'recovery.volume',
    name: 'RecoveryVolumeAnswer',
    summary: 'The state of an area by volume: level, growth and breadth divided by prices',
    question: recoveryQuestion,
    answer: recoveryVolumeAnswer,
    example: whole(),
  }),
  differences: declare({
    operationId: 'recovery.differences',
    name: 'DifferencesAnswer',
    summary: 'Up to six areas side by side: their states, and how sure it is that they differ',
    question: differencesQuestion,
    answer: differencesAnswer,
    example: whole({ areas: 'nation' }),
  }),
  priceDifferences: declare({
    operationId: 'recovery.priceDifferences',
    name: 'PriceDifferencesAnswer',
    summary: 'How differently prices of up to six areas have changed within a year',
    question: priceDifferencesQuestion,
    answer: priceDifferencesAnswer,
    example: whole({ areas: 'nation' }),
  }),
  festival: declare({
    operationId: 'recovery.festival',
    name: 'FestivalAnswer',
    summary: 'The days around each New Year side by side',
    question: festivalQuestion,
    answer: festivalAnswer,
    example: whole(),
  }),
  states: declare({
    operationId: 'recovery.all',
    name: 'StatesAnswer',
    summary: 'The state of recovery of every area of a level, and what changed in a month',
    question: statesQuestion,
    answer: statesAnswer,
    example: whole({ level: 'province' }),
  }),
  stateHistory: declare({
    operationId: 'recovery.stateHistory',
    name: 'StateHistoryAnswer',
    summary: 'How many areas of a level were in which state, month by month',
    question: stateHistoryQuestion,
    answer: stateHistoryAnswer,
    example: whole({ level: 'province' }),
  }),
  clock: declare({
    operationId: 'recovery.clock',
    name: 'ClockAnswer',
    summary: 'Every area of a level on the clock of the cycle, month by month',
    question: clockQuestion,
    answer: clockAnswer,
    example: whole({ level: 'province' }),
  }),
  adjustment: declare({
    operationId: 'recovery.adjustment',
    name: 'AdjustmentAnswer',
    summary:
      'How far an adjusted series can be trusted: season that is left, sliding spans, revisions by lag',
    question: adjustmentQuestion,
    answer: adjustmentAnswer,
    example: whole(),
  }),
} as const;
