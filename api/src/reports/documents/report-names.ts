/** What areas, goods and tracks are called in the language of a report. */
import {
  type ReleasedArea,
  type ReleasedCell,
  type ReportLanguage,
  type Track,
  TRACKS,
} from '@beltline/contract';
import { englishNames } from '@beltline/contract/english-names';
import { DEFINITIONS } from '../../questions/definitions/definitions.ts';
import { REPORT_WORDS } from './report-words.ts';

export interface ReportNames {
  area(area: { readonly area: Pick<ReleasedArea['area'], 'level' | 'name'> }): string;
  goods(area: ReleasedArea): string;
  track(track: Track): string;
}

/** The cell of a track. @throws Error where there is none: a release has one for each. */
export function cellOn({ area, cells }: ReleasedArea, track: Track): ReleasedCell {
  const cell = cells.find((one) => one.track === track);
  if (!cell) throw new Error(`${area.level} ${area.id} has no cell of ${track}`);
  return cell;
}

export function createReportNames(language: ReportLanguage): ReportNames {
  const tracks = new Map(
    DEFINITIONS.filter(({ group }) => group === 'track').map(({ id, name }) => [id, name[language]]),
  );
  for (const track of TRACKS) if (!tracks.has(track)) throw new Error(`the track ${track} has no name`);
  const listed = (
    kind: 'province' | 'city' | 'category',
    name: { readonly zh: string; readonly en: string },
  ) => (language === 'en' ? (englishNames[kind][name.zh] ?? name.en) : name.zh);
  return {
    area: ({ area: { level, name } }) =>
      level === 'nation'
        ? REPORT_WORDS[language].nation
        : level === 'province' || level === 'city'
          ? listed(level, name)
          : name[language],
    goods: ({ goods }) => (goods === null ? '' : listed('category', goods)),
    track: (track) => tracks.get(track) ?? track,
  };
}

/** A month with its year, as it is written. */
export function monthText(month: string, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'long', timeZone: 'UTC' });
  return format.format(new Date(`${month}-01T00:00:00Z`));
}
