/** Every figure of a report as a list: a row each area and track. The same rows are the last sheet of the XLSX. */
import type { ReleasedArea, ReportLanguage } from '@beltline/contract';
import { stringify } from 'csv-stringify/sync';
import type { NumberKind } from './report-document.ts';
import { createReportNames } from './report-names.ts';
import type { Edition, RegionData } from './region-data.ts';
import { REPORT_WORDS } from './report-words.ts';

export interface ListColumn {
  readonly name: string;
  /** Of a column of numbers. */
  readonly kind?: NumberKind;
}
/** A cell without a number is null; why is in the column of states. A rate is a ratio, and left out where its base is too small. */
export interface FigureList {
  readonly columns: readonly ListColumn[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

export function figureList(data: RegionData, edition: Edition | null, language: ReportLanguage): FigureList {
  const { list, columns, levels, states } = REPORT_WORDS[language];
  const names = createReportNames(language);
  const { province, nation, cities, belts, release, currency } = data;
  const published = [edition?.number ?? null, edition?.number ? edition.day : null, release.month];
  const rowsOf = (one: ReleasedArea) =>
    one.cells.map(({ track, state, gmv, growth, orders, pieces }) => [
      ...published,
      one.area.level === 'category' ? null : levels[one.area.level],
      ...[one.area.id, names.area(one), one.goods === null ? null : names.goods(one), names.track(track)],
      state === 'shown' ? list.shown : states[state],
      ...[currency, gmv.value, growth.flag === 'base-too-small' ? null : growth.value],
      ...[orders.value, pieces.value],
    ]);
  return {
    columns: [
      ...[
        list.number,
        list.published,
        list.month,
        list.level,
        list.areaId,
        list.area,
        list.goods,
        list.track,
      ],
      ...[list.state, list.currency],
    ]
      .map((name): ListColumn => ({ name }))
      .concat([
        { name: columns.gmv, kind: 'cents' },
        { name: columns.growth, kind: 'rate' },
        { name: columns.orders, kind: 'whole' },
        { name: columns.pieces, kind: 'whole' },
      ]),
    rows: [province, nation, ...cities, ...belts].flatMap(rowsOf),
  };
}

/** UTF-8 with a byte order mark, by which spreadsheets know it; no text begins as a formula does. */
export const csvOf = ({ columns, rows }: FigureList): Buffer =>
  Buffer.from(
    stringify([columns.map(({ name }) => name), ...rows], {
      bom: true,
      escape_formulas: true,
      record_delimiter: 'windows',
    }),
  );
