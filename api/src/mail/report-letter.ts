/** The mail of one edition of a report. It holds no figure: these are in its files, or behind its links. */
import type { Publication, ReportLanguage } from '@beltline/contract';
import { filled } from '../reports/documents/report-words.ts';
import { standOf, titleOf } from '../reports/region/report-title.ts';
import { oneLine, writtenHtml, writtenText } from './mail-body.ts';
import type { Letter, MailFile } from './mail-transport.service.ts';
import { MAIL_WORDS } from './mail-words.ts';

/** What is attached, or linked. */
export const MAILED_FORMATS = ['pdf', 'xlsx'] as const;

export interface ReportMail {
  readonly publication: Publication & { readonly number: string };
  readonly language: ReportLanguage;
  /** Null: links to them. */
  readonly files: readonly MailFile[] | null;
  readonly origin: string;
  /** Where it is ended by a person, and by a mail program. */
  readonly end: { readonly page: string; readonly request: string };
}

export function reportLetter({ publication, language, files, origin, end }: ReportMail): Letter {
  const words = MAIL_WORDS[language];
  const { number, sourceName, digest } = publication;
  const title = titleOf(publication, language);
  const said = (name: string, value: string) => filled(words.said, { name, value });
  const links = MAILED_FORMATS.map((format) => ({
    text: filled(words.report.file, { format: format.toUpperCase() }),
    url: `${origin}/api/v1/reports/${number}/files/${language}.${format}`,
  }));
  const body = {
    ...{ language, title },
    parts: [
      ...standOf(publication, language),
      [
        said(words.report.number, number),
        said(words.report.source, sourceName[language]),
        said(words.report.digest, digest),
      ],
      files ? words.report.attached : words.report.linked,
    ],
    action: { text: words.report.open, url: `${origin}/reports?text=${number}` },
    further: files ? [] : links,
    foot: [words.product, words.foot.report],
    end: { text: words.foot.end, url: end.page },
  };
  return {
    subject: oneLine(`${title} · ${number}`),
    ...{ text: writtenText(body), html: writtenHtml(body) },
    files: files ?? [],
    unsubscribe: end.request,
  };
}
