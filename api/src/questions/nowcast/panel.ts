/** The areas of a source as the nowcast takes them. */
import type { Belt } from '@beltline/contract';
import { areasOf, nationOf, type ResolvedArea } from '../../data/areas/area.ts';
import { type DailySeriesSet, seriesOfArea } from '../../data/daily/daily-series.service.ts';
import type { Panel, PanelArea } from './borrowed.ts';

/** An area of one belt is that belt, whatever its level: it has the belt's figures. */
export const keyOfArea = ({ level, id, beltIds }: Pick<ResolvedArea, 'level' | 'id' | 'beltIds'>): string =>
  beltIds?.length === 1 ? `belt ${beltIds[0]}` : `${level} ${id}`;

/** Every belt, every area of several, and the nation, in steps. `set`, `orders`: of every belt, whoever asks. */
export function* panelOf(
  belts: readonly Belt[],
  set: DailySeriesSet,
  orders: DailySeriesSet,
): Generator<void, Panel> {
  const categories = areasOf('category', belts).filter(isOfSeveral);
  const groups = new Map(
    categories.flatMap(({ beltIds }, place) => (beltIds ?? []).map((id) => [id, place])),
  );
  const told = [...categories, ...areasOf('belt', belts)];
  const others = [...areasOf('city', belts), ...areasOf('province', belts)].filter(isOfSeveral);
  const areas: PanelArea[] = [];
  for (const [place, area] of [...told, ...others, nationOf(belts)].entries()) {
    yield;
    areas.push({
      key: keyOfArea(area),
      group: area.level === 'belt' ? (groups.get(area.id) ?? null) : null,
      tellsVariance: place < told.length,
      values: seriesOfArea(set, area).values,
      orders: seriesOfArea(orders, area).values,
    });
  }
  return { whole: { values: set.nation.values, orders: orders.nation.values }, areas };
}

const isOfSeveral = ({ beltIds }: ResolvedArea): boolean => (beltIds?.length ?? 0) > 1;
