import type { ViewState } from '../shell/view-state.ts';

/**
 * The address that shows what is printed: what a link leaves to defaults, which move with new data, is written out in it.
 * A page that compares nothing keeps its address as it is, but for the source, and the month of states where it has them.
 */
export function printAddress(
  href: string,
  { source, from, to, comparison, month }: Pick<ViewState, 'source' | 'from' | 'to' | 'comparison' | 'month'>,
  isCompared: boolean,
): string {
  const url = new URL(href);
  url.searchParams.set('source', source);
  if (isCompared) {
    url.searchParams.set('from', from);
    url.searchParams.set('to', to);
    url.searchParams.set('comparison', comparison);
  }
  if (month !== undefined) url.searchParams.set('month', month);
  return url.href;
}
