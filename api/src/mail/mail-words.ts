/** The words of mails, in both languages. */
import type { ReportLanguage } from '@beltline/contract';

export interface MailWords {
  readonly locale: string;
  readonly product: string;
  readonly said: string;
  readonly report: {
    readonly attached: string;
    readonly linked: string;
    readonly open: string;
    readonly file: string;
    readonly number: string;
    readonly source: string;
    readonly digest: string;
  };
  readonly standing: {
    readonly subject: string;
    readonly intro: string;
    readonly owner: string;
    readonly group: string;
    readonly rank: string;
    readonly growth: string;
    readonly noGrowth: string;
    readonly bands: string;
    readonly band: string;
    readonly more: string;
    readonly open: string;
    readonly why: string;
  };
  readonly confirm: {
    readonly subject: string;
    readonly text: string;
    readonly open: string;
    readonly ignore: string;
  };
  readonly foot: { readonly report: string; readonly standing: string; readonly end: string };
}

export const MAIL_WORDS: Readonly<Record<ReportLanguage, MailWords>> = {
  zh: {
    locale: 'zh-CN',
    product: '产业带复苏监测',
    said: '{name}：{value}',
    report: {
      attached: '本期报告见附件（PDF 与 XLSX），与已发布的文件逐字节相同。',
      linked: '本期报告请登录后打开：',
      open: '打开报告',
      file: '{format} 文件',
      number: '编号',
      source: '来源',
      digest: '数据集 SHA-256',
    },
    standing: {
      subject: '我的位置：{source} {month} 数据已齐',
      intro: '{month} 的数据已完整装载。位置按季度给出，最近一个完整季度是 {quarter}。',
      owner: '法人主体 {owner}',
      group: '和谁比：{group}',
      rank: '综合排名：从差到好 {of} 档中的第 {place} 档。',
      growth: '销售额比上年同季（按农历对齐）{rate}。',
      noGrowth: '上年同季没有可比的数据。',
      bands: '各项在第几档（1 为最低）：',
      band: '{measure}：{place}/{of}',
      more: '另有 {count} 个法人主体，见页面。',
      open: '打开我的位置',
      why: '邮件会经过他人的服务器，所以这里没有金额和数量；准确的数字只在你自己的页面上。',
    },
    confirm: {
      subject: '请确认你的邮箱',
      text: '有人（多半是你）在产业带复苏监测里填了这个邮箱，想在这里收邮件。确认之前不会再给你发任何邮件。',
      open: '这是我的邮箱，确认',
      ignore: '如果不是你，不用理会这封邮件。',
    },
    foot: {
      report: '你订阅了这份报告，因此收到这封邮件。',
      standing: '你打开了每月邮件，因此收到这封邮件。',
      end: '不再接收',
    },
  },
  en: {
    locale: 'en',
    product: 'Beltline',
    said: '{name}: {value}',
    report: {
      attached: 'The report is attached (PDF and XLSX), byte for byte as it was published.',
      linked: 'Sign in to open the report:',
      open: 'Open the report',
      file: '{format} file',
      number: 'Number',
      source: 'Source',
      digest: 'SHA-256 of the data set',
    },
    standing: {
      subject: 'My place: {source}, {month} is complete',
      intro:
        'All orders of {month} are loaded. Places are told by quarter; the last that is complete is {quarter}.',
      owner: 'Legal owner {owner}',
      group: 'Compared with: {group}',
      rank: 'Rank of several measures: band {place} of {of}, counted from the worst.',
      growth: 'Sales on the same quarter of the year before, on lunar-aligned days: {rate}.',
      noGrowth: 'There is nothing to compare with in the same quarter of the year before.',
      bands: 'Bands of the measures (1 is the lowest):',
      band: '{measure}: {place} of {of}',
      more: '{count} more legal owners are on the page.',
      open: 'Open My place',
      why: 'Mail passes through servers of others, so it holds no amounts and counts; exact figures are on your own page alone.',
    },
    confirm: {
      subject: 'Is this your address?',
      text: 'Somebody, most likely you, has entered this address in Beltline to be sent mail. Nothing more is sent before you confirm it.',
      open: 'It is mine: confirm',
      ignore: 'If it was not you, nothing needs to be done.',
    },
    foot: {
      report: 'You are sent this because you subscribed to this report.',
      standing: 'You are sent this because you switched on the monthly e-mail.',
      end: 'Unsubscribe',
    },
  },
};
