import type { ViewState } from '../shell/view-state.ts';

/**
 * The address that shows what is printed: what a link leaves to defaults, which move with new data, is written out in it.
 * A page that compares nothing keeps its address as it is, but for the source.
 */
export function printAddress(
  href: string,
  { source, from, to, comparison }: Pick<ViewState, 'source' | 'from' | 'to' | 'comparison'>,
  isCompared: boolean,
): string {
  const url = new URL(href);
  url.searchParams.set('source', source);
  if (isCompared) {
    url.searchParams.set('from', from);
    url.searchParams.set('to', to);
    url.searchParams.set('comparison', comparison);
  }
  return url.href;
}
