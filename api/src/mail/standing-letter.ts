/**
 * A merchant's monthly mail: of what their page tells, their own growth and the bands in which they stand. Neither amounts nor counts, because mail passes
 * through servers of others, and nothing of the group but who it is.
 */
import type { BenchmarkAnswer, ReportLanguage } from '@beltline/contract';
import { monthText } from '../reports/documents/report-names.ts';
import { filled } from '../reports/documents/report-words.ts';
import { groupText, nameOf, quarterText } from '../reports/standing/standing-report.ts';
import { STANDING_WORDS } from '../reports/standing/standing-wording.ts';
import { oneLine, writtenHtml, writtenText } from './mail-body.ts';
import type { Letter } from './mail-transport.service.ts';
import { MAIL_WORDS } from './mail-words.ts';

/** Owners that are told one by one. */
export const MOST_OWNERS = 5;

export interface StandingMail {
  readonly month: string;
  /** Of one source, an owner each, `MOST_OWNERS` at most. */
  readonly answers: readonly [BenchmarkAnswer, ...BenchmarkAnswer[]];
  readonly language: ReportLanguage;
  readonly origin: string;
  readonly end: { readonly page: string; readonly request: string };
}

export function standingLetter({ month, answers, language, origin, end }: StandingMail): Letter {
  const words = MAIL_WORDS[language];
  const [first] = answers;
  const said = {
    source: first.sourceName[language],
    month: monthText(month, words.locale),
    quarter: quarterText(first.quarter, STANDING_WORDS[language]),
  };
  const subject = oneLine(filled(words.standing.subject, said));
  const rest = first.owners.length - answers.length;
  const body = {
    ...{ language, title: subject },
    parts: [
      filled(words.standing.intro, said),
      ...answers.flatMap((answer) => ownerParts(answer, language)),
      ...(rest > 0 ? [filled(words.standing.more, { count: String(rest) })] : []),
      words.standing.why,
    ],
    action: {
      text: words.standing.open,
      url: `${origin}/standing?source=${encodeURIComponent(first.source)}`,
    },
    foot: [words.product, words.foot.standing],
    end: { text: words.foot.end, url: end.page },
  };
  return {
    ...{ subject, text: writtenText(body), html: writtenHtml(body), files: [] },
    unsubscribe: end.request,
  };
}

function ownerParts(answer: BenchmarkAnswer, language: ReportLanguage): (string | string[])[] {
  const { standing: words, locale } = MAIL_WORDS[language];
  const growth = answer.measures.find(({ measure }) => measure === 'growth-aligned')?.value.value ?? null;
  const rate = new Intl.NumberFormat(locale, {
    ...{ style: 'percent', signDisplay: 'exceptZero', minimumFractionDigits: 1, maximumFractionDigits: 1 },
  });
  const bands = answer.measures.flatMap(({ measure, band }) =>
    band
      ? [
          filled(words.band, {
            measure: nameOf(measure, language),
            ...{ place: String(band.place), of: String(band.of) },
          }),
        ]
      : [],
  );
  const rank = answer.rank?.band;
  return [
    ...(answer.owners.length > 1 ? [filled(words.owner, { owner: answer.owner })] : []),
    filled(words.group, { group: groupText(answer, { language, words: STANDING_WORDS[language] }) }),
    growth === null
      ? words.noGrowth
      : filled(words.growth, { rate: rate.format(growth).replaceAll('-', '−') }),
    ...(rank ? [filled(words.rank, { place: String(rank.place), of: String(rank.of) })] : []),
    ...(bands.length > 0 ? [words.bands, bands] : []),
  ];
}
