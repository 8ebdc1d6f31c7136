/** A report as one file that a browser shows and prints: no script, nothing fetched, and each number beside its text as `data`. */
import type {
  ReportCell,
  ReportChart,
  ReportDocument,
  ReportSection,
  ReportTable,
} from './report-document.ts';
import { safe } from './report-markup.ts';

const STYLE = `
@page { size: A4; margin: 18mm; }
body { max-width: 60rem; margin: 0 auto; padding: 1rem; color: #16202b; font: 14px/1.6 "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
h1 { font-size: 1.6rem; margin: 0 0 .5rem; }
h2 { font-size: 1.1rem; color: #1f5591; margin: 1.5rem 0 .5rem; break-after: avoid; }
.quiet, figcaption, caption, footer { color: #55616f; font-size: .85em; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: 0; padding: .5rem 0; border-top: 2px solid #1f5591; border-bottom: 1px solid #c9d1da; }
dt { color: #55616f; } dd { margin: 0; overflow-wrap: anywhere; }
figure { margin: .75rem 0; break-inside: avoid; } .chart svg { max-width: 100%; height: auto; }
.wide { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: .85em; margin: .75rem 0; }
caption { text-align: left; caption-side: top; }
th { text-align: left; border-bottom: 2px solid #1f5591; }
td { border-bottom: 1px solid #c9d1da; }
th, td { padding: .25rem .4rem; vertical-align: baseline; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
thead { display: table-header-group; } tr { break-inside: avoid; }
@media print { body { padding: 0; max-width: none; font-size: 9pt; } .wide { overflow: visible; } table { font-size: 7.5pt; } }
`;

export function pageOf(report: ReportDocument): Buffer {
  const { language, title, kind, level, facts, sections, foot } = report;
  return Buffer.from(`<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${safe(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<p class="quiet">${safe(kind)}</p>
<h1>${safe(title)}</h1>
<dl>
${facts.map(({ name, value }) => `<dt>${safe(name)}</dt><dd>${safe(value)}</dd>`).join('\n')}
</dl>
${sections.map(sectionOf).join('\n')}
<footer><p>${safe(level)} · ${safe(foot)}</p></footer>
</body>
</html>
`);
}

const sectionOf = ({ title, sentences, charts, tables, notes }: ReportSection): string =>
  [
    `<section>\n<h2>${safe(title)}</h2>`,
    ...(sentences.length === 0
      ? []
      : [`<ul>\n${sentences.map((one) => `<li>${safe(one)}</li>`).join('\n')}\n</ul>`]),
    ...charts.map(chartOf),
    ...tables.map(tableOf),
    ...notes.map((note) => `<p class="quiet">${safe(note)}</p>`),
    '</section>',
  ].join('\n');

/** The drawing is one picture to who listens, and its text is no part of the page's. */
const chartOf = ({ caption, alt, svg }: ReportChart): string =>
  `<figure>\n<figcaption>${safe(caption)}</figcaption>\n<div class="chart" role="img" aria-label="${safe(alt)}">${svg}</div>\n</figure>`;

const tableOf = ({ caption, columns, rows }: ReportTable): string => {
  const classOf = (at: number) => (columns[at]?.isNumber ? ' class="number"' : '');
  return `<div class="wide"><table>
<caption>${safe(caption)}</caption>
<thead><tr>${columns.map(({ name }, at) => `<th scope="col"${classOf(at)}>${safe(name)}</th>`).join('')}</tr></thead>
<tbody>
${rows.map((row) => `<tr>${row.map((cell, at) => `<td${classOf(at)}>${cellOf(cell)}</td>`).join('')}</tr>`).join('\n')}
</tbody>
</table></div>`;
};

const cellOf = ({ text, isQuiet, number }: ReportCell): string => {
  if (number) return `<data value="${number.value}">${safe(text)}</data>`;
  return isQuiet ? `<span class="quiet">${safe(text)}</span>` : safe(text);
};
