/**
 * Publications: the report of one area and month, numbered, and never changed once it is released. What it is made of is frozen when it is
 * prepared; its files are made when it is released, and the same bytes for ever.
 */
import { z } from 'zod';
import { isSeen } from './seen.ts';
import { briefFigure } from './figure.ts';
import {
  CARRIER_MEASURES,
  RELEASED_MEASURES,
  REPORT_LANGUAGES,
  SERVICE_MEASURES,
  STRUCTURE_MEASURES,
} from './releases.ts';
import {
  bilingual,
  month,
  sourceId,
  track,
  wholeNumber,
  wholeNumberOr,
  LONGEST_NAME_BYTES,
} from './vocabulary.ts';

/** `prepared`: waits for somebody to release it, and has no number; `superseded`: stays as it is, and a later number says what has changed. */
export const PUBLICATION_STATES = ['prepared', 'released', 'superseded'] as const;
export const publicationState = z.enum(PUBLICATION_STATES);
export type PublicationState = z.infer<typeof publicationState>;

export const PUBLICATION_FORMATS = ['pdf', 'xlsx', 'csv', 'html', 'json'] as const;
export type PublicationFormat = (typeof PUBLICATION_FORMATS)[number];

/** Consecutive in each year of the business time zone. Of one there is one writing: with further noughts it is no number. */
export const publicationNumber = z
  .string()
  .regex(/^BL-\d{4}-(\d{4}|[1-9]\d{4,8})$/, 'must be a number as BL-2026-0001');
/** Of one that is prepared, its id. */
export const publicationPath = z.strictObject({
  number: z.union([publicationNumber, z.uuid()], {
    error: 'must be a number as BL-2026-0001, or the id of what waits to be released',
  }),
});
export const publicationFilePath = z.strictObject({
  number: publicationPath.shape.number,
  language: z.enum(REPORT_LANGUAGES),
  format: z.enum(PUBLICATION_FORMATS),
});

/** What a report can be of, the largest first. */
export const REPORT_AREAS = ['nation', 'province', 'city', 'belt'] as const;
export const reportArea = z.enum(REPORT_AREAS);
export type ReportArea = z.infer<typeof reportArea>;

export const LONGEST_REGION = 2 * LONGEST_NAME_BYTES + 1;
/** By its id as releases have it: a province by its name, a city by both names (浙江省/杭州市), a belt by its own, the nation by none. */
const region = z.string().max(LONGEST_REGION);
const DIGEST = /^[\da-f]{64}$/i;
const digest = z.string().regex(DIGEST, 'must be a SHA-256 in 64 hexadecimal digits').toLowerCase();

/**
 * `GET /reports`. `year`: of the number. `before`: the `next` of the page before. What is prepared stands on the first page, and is told to those who
 * may release it.
 */
export const publicationsQuestion = z.strictObject({
  source: sourceId.optional(),
  /** Of the largest areas, or of belts alone. */
  kind: reportArea.optional(),
  region: region.optional(),
  /** In the name of its area or its number: each word, in Chinese, English or pinyin. */
  text: z.string().trim().min(1).max(100).optional(),
  year: wholeNumber(2000, 2999).optional(),
  month: month.optional(),
  state: publicationState.optional(),
  limit: wholeNumberOr(50, wholeNumber(1, 200)),
  before: publicationNumber.optional(),
});
export type PublicationsQuestion = z.output<typeof publicationsQuestion>;

/** Why a revision is one, in the words of who prepares it: printed as it stands, in either language. */
export const LONGEST_REASON = 300;
/** `kind`: a province where it is left out. */
export const newPublication = z
  .strictObject({
    source: sourceId.optional(),
    kind: reportArea.default('province'),
    region: region.default(''),
    month,
    reason: z
      .string()
      .trim()
      .min(1)
      .max(LONGEST_REASON)
      .refine((text) => !/[\p{Cc}\p{Cs}]/u.test(text), 'must be one line of text')
      .refine(isSeen, 'must not be empty: it holds invisible characters only')
      .optional(),
  })
  .refine(({ kind, region: id }) => (kind === 'nation') === (id === ''), {
    message: 'is needed, unless it is of the nation, which has none',
    path: ['region'],
  });
export type NewPublication = z.output<typeof newPublication>;
export type PublicationToPrepare = z.input<typeof newPublication>;

/**
 * How many figures a revision changes: `moved` from one number to another, `appeared` where none was published, `gone` where one was, `other`: why
 * there is none.
 */
export const changeCounts = z.object({
  moved: z.int(),
  appeared: z.int(),
  gone: z.int(),
  other: z.int(),
});
export type ChangeCounts = z.infer<typeof changeCounts>;

export const publication = z.object({
  id: z.uuid(),
  /** Null until it is released. */
  number: z.string().nullable(),
  state: publicationState,
  source: sourceId,
  sourceName: bilingual,
  month,
  region: z.object({ kind: reportArea, id: z.string(), name: bilingual }),
  /** Of its data set: SHA-256 in hexadecimal, as its files say it. */
  digest: z.string(),
  /** What the month's release was made of. */
  dataVersion: z.int(),
  preparedAt: z.iso.datetime(),
  releasedAt: z.iso.datetime().nullable(),
  /** The number that this one takes the place of. */
  revises: z.string().nullable(),
  supersededBy: z.string().nullable(),
  reason: z.string().nullable(),
  /** Months that it needs and that were released after what it revises was prepared. */
  monthsSince: z.array(month),
  /** Whether it was told since who sells no more, by which growth of the same shops is told. */
  leaversSince: z.boolean(),
  changes: changeCounts,
  /** Names this state of it; `If-Match` of who releases it. */
  etag: z.string(),
});
export type Publication = z.infer<typeof publication>;

/** `GET /reports`: what is prepared, then by number, the newest first. */
export const publicationsAnswer = z.object({
  publications: z.array(publication),
  next: z.string().nullable(),
});
export type PublicationsAnswer = z.infer<typeof publicationsAnswer>;

/** What a report tells of an area and track, or of all of its orders. */
export const REPORT_FIGURES = [
  ...RELEASED_MEASURES,
  'growth',
  'level',
  ...SERVICE_MEASURES,
  ...CARRIER_MEASURES,
  'from-newcomers',
  'from-others',
  'leavers',
  'same-store',
  ...STRUCTURE_MEASURES,
] as const;
export type ReportFigure = (typeof REPORT_FIGURES)[number];

/** A figure of two editions that says something else in either. `by`: where both are numbers, the later less the earlier, in the figure's unit. */
export const figureChange = z.object({
  level: reportArea,
  area: z.string(),
  name: bilingual,
  track,
  /** An earlier month that the report tells of; left out of its own. */
  month: month.optional(),
  measure: z.enum(REPORT_FIGURES),
  before: briefFigure,
  after: briefFigure,
  by: z.number().nullable(),
});
export type FigureChange = z.infer<typeof figureChange>;

/** `GET /reports/{number}`: with every figure that it revises, and its files, of which there are none before it is released. */
export const publicationAnswer = publication.extend({
  revised: z.array(figureChange),
  files: z.array(
    z.object({
      language: z.enum(REPORT_LANGUAGES),
      format: z.enum(PUBLICATION_FORMATS),
      bytes: z.int(),
      sha256: z.string(),
    }),
  ),
});
export type PublicationAnswer = z.infer<typeof publicationAnswer>;

/** Numbers of reports that are kept as one archive. */
export const MOST_IN_ARCHIVE = 50;
const list = <T extends z.ZodType>(item: T, most: number) =>
  z
    .preprocess(
      (value) => (typeof value === 'string' ? value.split(',') : value),
      z.array(item).min(1).max(most),
    )
    .meta({ param: { style: 'form', explode: false } });
/** `GET /reports/archive`: files of several reports in one ZIP. */
export const archiveQuestion = z.strictObject({
  numbers: list(publicationNumber, MOST_IN_ARCHIVE),
  languages: list(z.enum(REPORT_LANGUAGES), REPORT_LANGUAGES.length),
  formats: list(z.enum(PUBLICATION_FORMATS), PUBLICATION_FORMATS.length),
});
export type ArchiveQuestion = z.output<typeof archiveQuestion>;

/** `GET /reports/feed`: the newest reports as Atom (RFC 4287). */
export const feedQuestion = z.strictObject({
  source: sourceId.optional(),
  language: z.enum(REPORT_LANGUAGES).default('zh'),
});

/** `GET /reports/calendar.ics`: the days to come as iCalendar (RFC 5545). */
export const calendarFileQuestion = feedQuestion;

/** `GET /reports/calendar`. */
export const calendarQuestion = z.strictObject({ source: sourceId.optional() });
/**
 * Months of which reports are to come. `day`: on which they come out, in the business time zone; null where they do as soon as the month is released. `isLetOut`:
 * whether disclosure control has released it already, so that its day alone is waited for, or a person.
 */
export const calendarAnswer = z.object({
  coming: z.array(
    z.object({
      source: sourceId,
      sourceName: bilingual,
      month,
      day: z.iso.date().nullable(),
      isLetOut: z.boolean(),
    }),
  ),
});
export type CalendarAnswer = z.infer<typeof calendarAnswer>;

/**
 * `GET /reports/jobs`: reports that are to be made by themselves. `troubled`: those that could not be, the newest first: `again`: it is tried again by itself;
 * `failed`: not any more. `reason`: in the words of the program.
 */
export const reportWorkAnswer = z.object({
  waiting: z.int(),
  making: z
    .object({ source: sourceId, month, region: z.object({ kind: reportArea, id: z.string() }) })
    .nullable(),
  troubled: z.array(
    z.object({
      id: z.uuid(),
      state: z.enum(['again', 'failed']),
      source: sourceId,
      month,
      region: z.object({ kind: reportArea, id: z.string() }),
      reason: z.string().nullable(),
      at: z.iso.datetime(),
    }),
  ),
});
export type ReportWorkAnswer = z.infer<typeof reportWorkAnswer>;
export const reportWorkPath = z.strictObject({ id: z.uuid() });

/** `GET /reports/{number}/changes`: against another edition of the same area and month. */
export const editionsQuestion = z.strictObject({ with: publicationPath.shape.number });
export const editionsAnswer = z.object({
  before: publication,
  after: publication,
  changes: changeCounts,
  /** Every figure that `after` says otherwise. */
  differing: z.array(figureChange),
});
export type EditionsAnswer = z.infer<typeof editionsAnswer>;

export const LARGEST_VERIFIED_BYTES = 4 * 1024 * 1024;
/** `POST /reports/verify`: a file in base64, or its SHA-256. */
export const verifyQuestion = z
  .strictObject({
    sha256: digest.optional(),
    content: z
      .base64()
      .max(4 * Math.ceil(LARGEST_VERIFIED_BYTES / 3))
      .optional(),
  })
  .refine(({ sha256, content }) => (sha256 === undefined) !== (content === undefined), {
    message: 'either this or content is needed, and not both',
    path: ['sha256'],
  });
export type VerifyQuestion = z.output<typeof verifyQuestion>;

/**
 * Whether a file is one of ours, byte by byte. `found` null: it is not, or not of what the caller may see. `language` null: the data set, which is the
 * same in either.
 */
export const verifyAnswer = z.object({
  sha256: z.string(),
  found: z
    .object({
      number: z.string(),
      state: publicationState,
      supersededBy: z.string().nullable(),
      month,
      region: publication.shape.region,
      language: z.enum(REPORT_LANGUAGES).nullable(),
      format: z.enum(PUBLICATION_FORMATS),
      releasedAt: z.iso.datetime(),
    })
    .nullable(),
});
export type VerifyAnswer = z.infer<typeof verifyAnswer>;
