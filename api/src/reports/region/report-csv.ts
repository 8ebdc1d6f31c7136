/** Every figure of a report as a list: a row each area and track, then each earlier month of the area. The same rows are the last sheet of the XLSX. */
import {
  type BriefFigure,
  CARRIER_MEASURES,
  type CellState,
  type ReleasedArea,
  type ReleasedCarriers,
  type ReleasedShare,
  type ReleasedStructure,
  type ReportLanguage,
  SERVICE_MEASURES,
  type StructureMeasure,
} from '@beltline/contract';
import { stringify } from 'csv-stringify/sync';
import { CARRIER_WORDS } from './carrier-wording.ts';
import { GROWTH_PARTS } from './report-carriers.ts';
import type { NumberKind } from '../documents/report-document.ts';
import { plain } from '../documents/report-markup.ts';
import { createReportNames } from '../documents/report-names.ts';
import {
  areasOf,
  type Edition,
  hasCarriers,
  hasPartitions,
  hasSameStore,
  hasStructure,
  ownOf,
  type RegionData,
  structureMeasures,
} from './region-data.ts';
import { partsList } from './report-parts.ts';
import { measureName } from './report-service.ts';
import { filled, REPORT_WORDS } from '../documents/report-words.ts';
import { SERVICE_WORDS } from './service-wording.ts';
import { STRUCTURE_WORDS } from './structure-wording.ts';

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
  const { release, currency } = data;
  const published = [edition?.number ?? null, edition?.number ? edition.day : null];
  const of = (one: ReleasedArea) => [
    one.area.level === 'category' ? null : levels[one.area.level],
    ...[one.area.id, names.area(one), one.goods === null ? null : names.goods(one)],
  ];
  const said = (state: CellState) => (state === 'shown' ? list.shown : states[state]);
  const own = of(ownOf(data));
  /** Shares are of all orders; each with its state. Data sets of before have no columns for them. */
  const served = (shares: readonly ReleasedShare[] | undefined) =>
    data.format === undefined
      ? []
      : SERVICE_MEASURES.flatMap((measure) => {
          const one = shares?.find((share) => share.measure === measure);
          return [one?.share.value ?? null, one ? said(one.state) : null];
        });
  const carried = (carriers: Partial<ReleasedCarriers> | undefined) =>
    hasCarriers(data)
      ? [
          ...CARRIER_MEASURES.flatMap((measure) => {
            const one = carriers?.shares?.find((share) => share.measure === measure);
            return [one?.share.value ?? null, one ? said(one.state) : null];
          }),
          ...GROWTH_PARTS.map((part) => carriers?.[part]?.value ?? null),
        ]
      : [];
  const stayed = ({ sameStore }: Partial<ReleasedCarriers> = {}) =>
    hasSameStore(data)
      ? [
          ...[sameStore?.leavers.share.value ?? null, sameStore ? said(sameStore.leavers.state) : null],
          sameStore?.growth.value ?? null,
        ]
      : [];
  const sized = (shares: readonly ReleasedStructure[] | undefined) =>
    hasStructure(data)
      ? structureMeasures(data).flatMap((measure) => {
          const one = shares?.find((share) => share.measure === measure);
          return [one?.share.value ?? null, one ? said(one.state) : null];
        })
      : [];
  const parts = hasPartitions(data) ? partsList(data, language) : null;
  const leveled = (level: BriefFigure | undefined) =>
    data.reference ? [level === undefined || level.flag === 'base-too-small' ? null : level.value] : [];
  /** Of the area, all orders; how it grew is in no release of that month alone. */
  const earlier = ({
    month,
    state,
    gmv,
    orders,
    pieces,
    service,
    carriers,
    structure,
  }: RegionData['history'][number]) => [
    ...[...published, month, ...own, names.track('all'), said(state), currency],
    ...[gmv.value, null, orders.value, pieces.value],
    ...served(service),
    ...carried(carriers && { shares: carriers }),
    ...stayed(),
    ...leveled(undefined),
    ...sized(structure),
    ...(parts?.cells(null, 'all') ?? []),
  ];
  const rowsOf = (one: ReleasedArea) =>
    one.cells.map(({ track, state, gmv, growth, orders, pieces }) => [
      ...[...published, release.month, ...of(one), names.track(track), said(state)],
      ...[currency, gmv.value, growth.flag === 'base-too-small' ? null : growth.value],
      ...[orders.value, pieces.value],
      ...served(track === 'all' ? one.service : undefined),
      ...carried(track === 'all' ? one.carriers : undefined),
      ...stayed(track === 'all' ? one.carriers : undefined),
      ...leveled(track === 'all' ? one.level : undefined),
      ...sized(track === 'all' ? one.structure : undefined),
      ...(parts?.cells(one, track) ?? []),
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
      ])
      .concat(data.format === undefined ? [] : serviceColumns(language))
      .concat(hasCarriers(data) ? carrierColumns(language) : [])
      .concat(hasSameStore(data) ? sameStoreColumns(language) : [])
      .concat(
        data.reference
          ? [{ name: filled(columns.levelOf, { year: String(data.reference.year) }), kind: 'tenth' }]
          : [],
      )
      .concat(hasStructure(data) ? structureColumns(language, structureMeasures(data)) : [])
      .concat(parts?.columns ?? []),
    rows: [...areasOf(data).flatMap(rowsOf), ...data.history.slice(0, -1).map(earlier)],
  };
}

const serviceColumns = (language: ReportLanguage): ListColumn[] =>
  SERVICE_MEASURES.flatMap((measure): ListColumn[] => {
    const name = measureName(measure, language);
    return [{ name, kind: 'share' }, { name: filled(SERVICE_WORDS[language].state, { measure: name }) }];
  });

const plainCell = (value: string | number | null) => (typeof value === 'string' ? plain(value) : value);

function carrierColumns(language: ReportLanguage): ListColumn[] {
  const { names, state } = CARRIER_WORDS[language];
  return [
    ...CARRIER_MEASURES.flatMap((measure): ListColumn[] => [
      { name: names[measure], kind: 'share' },
      { name: filled(state, { measure: names[measure] }) },
    ]),
    ...GROWTH_PARTS.map((part): ListColumn => ({ name: names[part], kind: 'rate' })),
  ];
}

function sameStoreColumns(language: ReportLanguage): ListColumn[] {
  const { names, state } = CARRIER_WORDS[language];
  return [
    { name: names.leavers, kind: 'share' },
    { name: filled(state, { measure: names.leavers }) },
    { name: names['same-store'], kind: 'rate' },
  ];
}

function structureColumns(language: ReportLanguage, measures: readonly StructureMeasure[]): ListColumn[] {
  const { names, state } = STRUCTURE_WORDS[language];
  return measures.flatMap((measure): ListColumn[] => [
    { name: names[measure], kind: 'share' },
    { name: filled(state, { measure: names[measure] }) },
  ]);
}

/** UTF-8 with a byte order mark, by which spreadsheets know it; no text begins as a formula does. */
export const csvOf = ({ columns, rows }: FigureList): Buffer =>
  Buffer.from(
    stringify([columns.map(({ name }) => name), ...rows.map((row) => row.map(plainCell))], {
      bom: true,
      escape_formulas: true,
      record_delimiter: 'windows',
    }),
  );
