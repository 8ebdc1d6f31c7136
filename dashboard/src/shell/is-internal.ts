import type { RouteLocationNormalizedLoaded } from 'vue-router';

/**
 * Whether what a page shows has not passed disclosure control, so that what leaves the screen (paper, a PDF and its name) must say that it is
 * internal: figures of belts, and what was loaded of a source. Releases have passed it, and definitions hold no figure.
 */
export const isInternal = ({ meta, name }: Pick<RouteLocationNormalizedLoaded, 'meta' | 'name'>): boolean =>
  meta.needs === 'read-figures' || name === 'data';
