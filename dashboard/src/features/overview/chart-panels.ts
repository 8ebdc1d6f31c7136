/**
 * The panels of the overview that are charts, and the notes that are marked in them, fetched with the engine that draws: what is told in words and
 * tables is read before.
 */
export { default as TrendPanel } from '../growth/TrendPanel.vue';
export { default as ContributionPanel } from '../growth/ContributionPanel.vue';
export { default as BreadthPanel } from '../spread/BreadthPanel.vue';
export { default as ConcentrationPanel } from '../spread/ConcentrationPanel.vue';
export { default as AnnotationsPanel } from '../annotations/AnnotationsPanel.vue';
