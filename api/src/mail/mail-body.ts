/** A mail as text and as HTML that says the same: one column, no picture, nothing that is fetched or tells that it was read. */
import type { ReportLanguage } from '@beltline/contract';
import { safe } from '../reports/documents/report-markup.ts';
import { MAIL_WORDS } from './mail-words.ts';

export interface Link {
  readonly text: string;
  readonly url: string;
}
export interface MailBody {
  readonly language: ReportLanguage;
  readonly title: string;
  /** A list stands below the paragraph before it. */
  readonly parts: readonly (string | readonly string[])[];
  readonly action: Link;
  readonly further?: readonly Link[];
  readonly foot: readonly string[];
  readonly end: Link | null;
}

/** A name that somebody gave may hold line breaks, of which a header must not be made. */
export const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();

const WIDTH_PX = 560;

export function writtenText({ title, parts, action, further = [], foot, end }: MailBody): string {
  const links = [action, ...further].map(({ text, url }) => `${text}\n${url}`);
  const said = parts.map((part) =>
    typeof part === 'string' ? oneLine(part) : part.map((item) => `- ${oneLine(item)}`).join('\n'),
  );
  const feet = [...foot, ...(end ? [`${end.text}\n${end.url}`] : [])];
  return [oneLine(title), ...said, ...links, `-- \n${feet.join('\n')}`].join('\n\n') + '\n';
}

export function writtenHtml({ language, title, parts, action, further = [], foot, end }: MailBody): string {
  const { locale, product } = MAIL_WORDS[language];
  const link = ({ text, url }: Link, style = '') => `<a href="${safe(url)}"${style}>${safe(text)}</a>`;
  const button =
    ' style="display:inline-block;padding:12px 20px;border-radius:6px;background:#1f5fa8;color:#ffffff;text-decoration:none"';
  const said = parts.map((part) =>
    typeof part === 'string'
      ? `<p>${safe(oneLine(part))}</p>`
      : `<ul style="padding-left:20px">${part.map((item) => `<li>${safe(oneLine(item))}</li>`).join('')}</ul>`,
  );
  return `<!doctype html>
<html lang="${locale}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${safe(oneLine(title))}</title></head>
<body style="margin:0;padding:16px;font:16px/1.6 system-ui,-apple-system,'PingFang SC','Microsoft YaHei',sans-serif;color:#1c1c1c;background:#ffffff">
<div style="max-width:${WIDTH_PX}px;margin:0 auto;overflow-wrap:anywhere">
<p style="color:#5a5a5a;font-size:14px;margin:0">${safe(product)}</p>
<h1 style="font-size:20px;line-height:1.4;margin:4px 0 16px">${safe(oneLine(title))}</h1>
${said.join('\n')}
<p>${link(action, button)}</p>
${further.map((one) => `<p>${link(one)}</p>`).join('\n')}
<p style="color:#5a5a5a;font-size:13px;border-top:1px solid #d9d9d9;padding-top:12px;margin-top:24px">${foot.map((line) => safe(line)).join('<br>')}${end ? `<br>${link(end)}` : ''}</p>
</div>
</body>
</html>
`;
}
