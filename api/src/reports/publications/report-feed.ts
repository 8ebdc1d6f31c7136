/** The newest publications as an Atom feed (RFC 4287): ids that stay, and addresses from the root of where it was asked. */
import { createHash } from 'node:crypto';
import type { Publication, ReportLanguage } from '@beltline/contract';
import { safe } from '../documents/report-markup.ts';
import { standOf, titleOf } from '../region/report-title.ts';
import { REPORT_WORDS } from '../documents/report-words.ts';

/** `owner`: whose feed it is: two readers' are two feeds, as are those of two languages, and of one source beside all. `origin`: by which the reader reached it. */
export function feedOf(
  publications: readonly Publication[],
  {
    language,
    origin,
    owner,
    source,
  }: {
    readonly language: ReportLanguage;
    readonly origin: string;
    readonly owner: string;
    readonly source?: string | undefined;
  },
): string {
  const words = REPORT_WORDS[language];
  const asked = new URLSearchParams({ language, ...(source === undefined ? {} : { source }) }).toString();
  const entries = publications.flatMap((one) => {
    if (one.number === null || one.releasedAt === null) return [];
    const { kind } = one.region;
    const title = titleOf(one, language);
    const said = [`${one.number} · ${one.sourceName[language]}`, ...standOf(one, language)];
    const files = `${origin}/api/v1/reports/${one.number}/files/${language}`;
    return [
      `<entry>
<id>urn:uuid:${one.id}</id>
<title>${safe(title)}</title>
<published>${one.releasedAt}</published>
<updated>${one.releasedAt}</updated>
<category term="${kind}" label="${safe(words.levels[kind])}"/>
<summary>${safe(said.join(' '))}</summary>
<link rel="alternate" type="text/html" href="${safe(`${origin}/reports?text=${one.number}`)}"/>
<link rel="enclosure" type="application/pdf" hreflang="${words.locale}" href="${safe(`${files}.pdf`)}"/>
</entry>`,
    ];
  });
  const newest = publications
    .flatMap(({ releasedAt }) => releasedAt ?? [])
    .sort()
    .at(-1);
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${words.locale}">
<id>urn:uuid:${idOf(owner, asked)}</id>
<title>${safe(words.feed.title)}</title>
<updated>${newest ?? '1970-01-01T00:00:00.000Z'}</updated>
<author><name>${safe(words.author)}</name></author>
<link rel="self" type="application/atom+xml" href="${safe(`${origin}/api/v1/reports/feed?${asked}`)}"/>
<link rel="alternate" type="text/html" href="${safe(`${origin}/reports`)}"/>
${entries.join('\n')}
</feed>
`;
}

/** A UUID of the eighth version: the same for the same reader and question. */
function idOf(owner: string, asked: string): string {
  const hex = createHash('sha256').update(`reports of ${owner}, ${asked}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
