/**
 * Mail: where a person wants it, what they want, and what became of it. Nothing is sent to an address before whoever reads it there has said that
 * it is theirs.
 */
import { z } from 'zod';
import { LONGEST_REGION, reportArea } from './reports.ts';
import { REPORT_LANGUAGES } from './releases.ts';
import { bilingual, month, sourceId } from './vocabulary.ts';

/** `report`: each edition of an area's report, on the day it comes out; `standing`: a merchant's own page in short, once a month. */
export const MAIL_TOPICS = ['report', 'standing'] as const;
export type MailTopic = (typeof MAIL_TOPICS)[number];
/** With the files of a report (PDF and XLSX), or with links to them. */
export const MAIL_DELIVERIES = ['attached', 'linked'] as const;
export type MailDelivery = (typeof MAIL_DELIVERIES)[number];
const language = z.enum(REPORT_LANGUAGES);

/**
 * `sent`: taken by the mail server; whether it comes further, nobody here can know. `failed`: refused for good, or tried in vain for too long. `dropped`:
 * not handed to any server, because when its turn came it was not to be sent.
 */
export const MAIL_STATES = ['waiting', 'sent', 'failed', 'dropped'] as const;
export type MailState = (typeof MAIL_STATES)[number];
/**
 * Why a mail is not sent. `put-off`: the receiving server asked for later; `unreachable`: the mail server is not reached, or takes nothing from us; both are
 * tried again. `refused`: for good; `gave-up`: after too many tries or days. `not-allowed`: who was to get it may not see it (any more), or is not let in;
 * `ended`: they no longer want it; `no-address`: there is no confirmed address, or it refused too many mails; `nothing`: there is nothing to tell.
 */
export const MAIL_REASONS = [
  ...(['put-off', 'unreachable', 'refused', 'gave-up'] as const),
  ...(['not-allowed', 'ended', 'no-address', 'nothing'] as const),
] as const;
export type MailReason = (typeof MAIL_REASONS)[number];

/** Mails to one address that are refused for good before nothing is sent there any more. */
export const MOST_BOUNCES = 3;
/** How often in a day an address may be asked whether it is theirs. */
export const MOST_CONFIRMATIONS = 5;
/** Of one person. */
export const MOST_SUBSCRIPTIONS = 300;

/** `PUT /mail/address`. */
export const newMailAddress = z.strictObject({
  address: z.email({ error: 'must be an e-mail address' }).max(254),
  language,
});
export type NewMailAddress = z.infer<typeof newMailAddress>;

/** `PUT /mail/subscriptions`: begins one, or changes its language and delivery. */
export const newSubscription = z.discriminatedUnion('topic', [
  z.strictObject({
    topic: z.literal('report'),
    source: sourceId,
    kind: reportArea,
    /** As publications have it; empty of the nation. */
    region: z.string().max(LONGEST_REGION),
    language,
    delivery: z.enum(MAIL_DELIVERIES),
  }),
  z.strictObject({ topic: z.literal('standing'), language }),
]);
export type NewSubscription = z.infer<typeof newSubscription>;
export const subscriptionPath = z.strictObject({ id: z.uuid() });

const area = z.object({ source: sourceId, kind: reportArea, region: z.string(), name: bilingual });
export const subscription = z.object({
  id: z.uuid(),
  topic: z.enum(MAIL_TOPICS),
  /** Null of a merchant's own page. */
  area: area.nullable(),
  language,
  delivery: z.enum(MAIL_DELIVERIES),
  createdAt: z.iso.datetime(),
});
export type Subscription = z.infer<typeof subscription>;

export const mailDelivered = z.object({
  id: z.uuid(),
  topic: z.enum([...MAIL_TOPICS, 'confirm']),
  /** Of a report: its number, month and area. Of a merchant's page: the month. */
  number: z.string().nullable(),
  month: month.nullable(),
  area: z.object({ kind: reportArea, name: bilingual }).nullable(),
  state: z.enum(MAIL_STATES),
  reason: z.enum(MAIL_REASONS).nullable(),
  /** What the mail server said last, without the address. */
  answer: z.string().nullable(),
  tries: z.int(),
  plannedAt: z.iso.datetime(),
  doneAt: z.iso.datetime().nullable(),
});
export type MailDelivered = z.infer<typeof mailDelivered>;

/** `GET /mail`: one's own. */
export const mailAnswer = z.object({
  /** False: no mail server is set, and nothing is sent or kept to be sent. */
  isSetUp: z.boolean(),
  /** Whom mail comes from. */
  from: z.string().nullable(),
  /** Domains that an address may be of; null: any. */
  domains: z.array(z.string()).nullable(),
  address: z
    .object({
      address: z.string(),
      isConfirmed: z.boolean(),
      askedAt: z.iso.datetime(),
      /** Since when nothing is sent there, because it refused too many mails. */
      stoppedAt: z.iso.datetime().nullable(),
    })
    .nullable(),
  subscriptions: z.array(subscription),
  /** The newest first. */
  deliveries: z.array(mailDelivered),
});
export type MailAnswer = z.infer<typeof mailAnswer>;

/** `GET /mail/areas`: of which one can have reports sent, the largest first. */
export const mailAreasAnswer = z.object({ areas: z.array(area) });
export type MailAreasAnswer = z.infer<typeof mailAreasAnswer>;

/** Behind links of mails: signed, so that nobody can make one. */
export const mailLink = z.strictObject({ token: z.string().min(1).max(200) });
export type MailLink = z.infer<typeof mailLink>;

/** `GET /mail/troubles`: mail of anybody's that was not delivered in the last thirty days, or waits for a server, the newest first. */
export const mailTroublesAnswer = z.object({
  isSetUp: z.boolean(),
  waiting: z.int(),
  troubles: z.array(mailDelivered.extend({ user: z.object({ id: z.uuid(), name: z.string() }) })),
  /** Whose address refused too many. */
  stopped: z.array(z.object({ id: z.uuid(), name: z.string(), at: z.iso.datetime() })),
});
export type MailTroublesAnswer = z.infer<typeof mailTroublesAnswer>;
