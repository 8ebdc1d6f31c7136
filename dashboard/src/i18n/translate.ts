import type { zhAccount } from './zh-account.ts';
import type { zhAdministration } from './zh-administration.ts';
import type { zhBelts } from './zh-belts.ts';
import type { zhBenchmark } from './zh-benchmark.ts';
import type { zhClock } from './zh-clock.ts';
import type { zhData } from './zh-data.ts';
import type { zhMail } from './zh-mail.ts';
import type { zhQuality } from './zh-quality.ts';
import type { zhRecovery } from './zh-recovery.ts';
import type { zhReleases } from './zh-releases.ts';
import type { zhReports } from './zh-reports.ts';
import type { zhRevisions } from './zh-revisions.ts';
import type { zhSideBySide } from './zh-side-by-side.ts';
import type { zh } from './zh.ts';

type Widened<T> = { [K in keyof T]: T[K] extends string ? string : Widened<T[K]> };

/** The shape of every language: that of the Chinese messages, which come first. */
export type Messages = Widened<typeof zh>;

type Path<T, Prefix extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${Prefix}${K}` : Path<T[K], `${Prefix}${K}.`>;
}[keyof T & string];

/** Words that few pages say, fetched with those. */
interface ChineseFurther {
  account: typeof zhAccount;
  administration: typeof zhAdministration;
  belts: typeof zhBelts;
  benchmark: typeof zhBenchmark;
  clock: typeof zhClock;
  data: typeof zhData;
  mail: typeof zhMail;
  quality: typeof zhQuality;
  recovery: typeof zhRecovery;
  releases: typeof zhReleases;
  reports: typeof zhReports;
  revisions: typeof zhRevisions;
  sideBySide: typeof zhSideBySide;
}
export type Further = keyof ChineseFurther;
export type FurtherMessages = { [F in Further]: Widened<ChineseFurther[F]> };

export type MessageKey = Path<typeof zh> | { [F in Further]: Path<ChineseFurther[F]> }[Further];
/** `n`: the number that decides between one and many, where `count` is the same number as it is shown. */
export type Translate = (key: MessageKey, named?: Record<string, string | number>) => string;
