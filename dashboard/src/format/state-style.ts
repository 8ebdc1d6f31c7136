import type { RecoveryStateName } from '@beltline/contract';

/** The states in the order that they are shown in everywhere: from recovered down, what cannot be told last. */
export const STATE_ORDER = [
  'recovered',
  'recovering',
  'growing',
  'carried-by-few',
  'flat',
  'slipping',
  'declining',
  'undetermined',
  'too-little-data',
] as const satisfies readonly RecoveryStateName[];

/** A sign of its own for each state, so that colour never says it alone. */
export const STATE_SIGNS: Record<RecoveryStateName, string> = {
  recovered: '▲',
  recovering: '↗',
  growing: '△',
  'carried-by-few': '◔',
  flat: '▬',
  slipping: '↘',
  declining: '▼',
  undetermined: '○',
  'too-little-data': '?',
};

/** States that say nothing of the direction are drawn hollow. */
export const isUntold = (state: RecoveryStateName): boolean =>
  state === 'undetermined' || state === 'too-little-data';

/** Fails to compile when the contract grows a state that is not listed above. */
type AllListed<Unlisted extends never> = Unlisted;
export type UnlistedState = AllListed<Exclude<RecoveryStateName, (typeof STATE_ORDER)[number]>>;

/** The colour of a state as the custom property `--state` of an element and what is in it. */
export const stateStyle = (state: RecoveryStateName) => ({ '--state': `var(--state-${state})` });
