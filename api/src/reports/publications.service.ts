import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import {
  type NewPublication,
  type Publication,
  type PublicationAnswer,
  type PublicationFormat,
  PUBLICATION_STATES,
  type PublicationsAnswer,
  type PublicationsQuestion,
  type ReportLanguage,
  type VerifyAnswer,
  type VerifyQuestion,
} from '@beltline/contract';
import { AuditService } from '../access/audit.service.ts';
import type { Doer } from '../access/users.service.ts';
import { liesIn, seesSource, type Sight, type Viewer } from '../access/viewer.ts';
import { type Day, monthOf } from '../core/calendar.ts';
import { CONFIG } from '../platform/config/config.module.ts';
import type { ApiConfig } from '../platform/config/config.ts';
import { Places } from '../platform/places.ts';
import { invalidRequest, notFound, ProblemError, sought } from '../platform/problem/problem-error.ts';
import { ReleasedRegions } from '../releases/released-regions.service.ts';
import { ReleasesService } from '../releases/releases.service.ts';
import { answerOf, etagOf, foundBy, numberedOf, numberOf, textOf } from './publication-answer.ts';
import { type About, PublicationStore, type Row, sha256 } from './publication-store.service.ts';
import { type Edition, type RegionData, writtenData } from './region-data.ts';
import { changesBetween, countsOf } from './report-changes.ts';
import { EVERY_FILE, MEDIA_TYPES } from './report-files.ts';
import { Typesetter } from './typesetter.service.ts';

export interface PublishedFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
  /** Whether these bytes stay: not of what is only prepared. */
  readonly isFinal: boolean;
}

/** Others who release at the same time in other processes are before us so often at most. */
const TRIES = 20;
/** Rows that are read at once to find those that a reader may see. */
const AT_ONCE = 200;

/** Publications: prepared from what was released of a province, released under a number, and the same for ever. */
@Injectable()
export class Publications {
  /** Of several that are released here at once each has its number before the next is set. */
  private readonly turn = new Places(1);

  constructor(
    @Inject(PublicationStore) private readonly store: PublicationStore,
    @Inject(ReleasesService) private readonly releases: ReleasesService,
    @Inject(ReleasedRegions) private readonly regions: ReleasedRegions,
    @Inject(Typesetter) private readonly typesetter: Typesetter,
    @Inject(AuditService) private readonly audit: AuditService,
    @Inject(CONFIG) private readonly config: ApiConfig,
  ) {}

  async list(
    viewer: Viewer,
    { limit, before, state, ...filter }: PublicationsQuestion,
  ): Promise<PublicationsAnswer> {
    const states = PUBLICATION_STATES.filter(
      (one) => (state === undefined || one === state) && (one !== 'prepared' || mayPublish(viewer)),
    );
    if (states.length === 0) return { publications: [], next: null };
    const sources = filter.source === undefined ? viewer.sources : [filter.source];
    const asked = {
      ...filter,
      states,
      sources,
      before: before === undefined ? undefined : numberedOf(before),
    };
    const found: Row[] = [];
    let isMore = true;
    for (let from = 0; isMore && withNumber(found).length <= limit; from += AT_ONCE) {
      const rows = await this.store.page(asked, from, AT_ONCE);
      // What is prepared stands on the first page.
      found.push(...rows.filter((row) => sees(viewer, row) && (before === undefined || row.no !== null)));
      isMore = rows.length === AT_ONCE;
    }
    const numbered = withNumber(found);
    const page = [...found.filter(({ no }) => no === null), ...numbered.slice(0, limit)];
    return {
      publications: page.map(answerOf),
      next: numbered.length > limit ? numberOf(numbered[limit - 1]) : null,
    };
  }

  /** @throws ProblemError where there is none for the viewer */
  async one(viewer: Viewer, which: string): Promise<PublicationAnswer> {
    const row = await this.found(viewer, which);
    const [revised, files] = await Promise.all([
      row.revises === null ? [] : this.store.revised(row.id),
      this.store.files(row.id),
    ]);
    const digest = row.digest.toString('hex');
    const bytes = row.no === null ? 0 : (await this.store.dataSet(row.id)).length;
    const sets = (['zh', 'en'] as const).map((language) => ({ language, format: 'json' as const }));
    return {
      ...answerOf(row),
      revised,
      files: row.no === null ? [] : [...files, ...sets.map((one) => ({ ...one, bytes, sha256: digest }))],
    };
  }

  /**
   * A file as it was released, or of what is prepared as it would be today.
   * @throws ProblemError where there is none for the viewer
   */
  async file(
    viewer: Viewer,
    which: string,
    language: ReportLanguage,
    format: PublicationFormat,
  ): Promise<PublishedFile> {
    const row = await this.found(viewer, which);
    const [number, isFinal] = [numberOf(row), row.no !== null];
    const name = format === 'json' ? `${number ?? row.id}.json` : `${number ?? row.id}-${language}.${format}`;
    const of = (bytes: Buffer) => ({ name, type: MEDIA_TYPES[format], bytes, isFinal });
    if (format === 'json') return of(await this.store.dataSet(row.id));
    const kept = isFinal ? await this.store.file(row.id, language, format) : null;
    if (kept) return of(kept);
    if (isFinal) throw new Error(`${number} has no ${format} in ${language}`);
    const edition = await this.edition(row, null, new Date());
    const [made] = await this.typesetter.files({ ...(await this.toPublish(row)), edition }, [
      { language, format },
    ]);
    if (!made) throw new Error(`no ${format} was made`);
    return of(made.bytes);
  }

  /**
   * Freezes what is released of a province at the moment. What is prepared of it already and says the same is it.
   * @throws ProblemError where there is no such region or month for the viewer, where nothing has changed since the last edition, or
   * where a revision comes without a reason that can be named
   */
  async prepare(
    viewer: Sight,
    {
      source,
      month,
      region,
      reason = null,
    }: Omit<NewPublication, 'reason'> & { reason?: string | null | undefined },
    by: Doer,
  ): Promise<{ readonly publication: Publication; readonly isNew: boolean }> {
    const of = await this.regions.one(viewer, { source, month, region });
    if (!of || !seesAll(viewer, of.belts))
      throw sought(notFound(NO_REGION), 'area', of && `${of.region} ${of.month}`);
    const data = frozen(await this.releases.one(viewer, of.month, of.source, of.region));
    const { bytes, digest } = writtenData(data);
    const id = randomUUID();
    let isNew = false;
    await this.store.prepare(async (manager) => {
      const { released, prepared } = await this.store.current(of, manager);
      const before = released && dataOf(await this.store.dataSet(released.id, manager));
      const revised = before ? changesBetween(before, data) : [];
      const changes = countsOf(revised);
      // By itself nothing is revised in which no number differs, but only why there is none.
      const saysNew = reason === null ? changes.moved + changes.appeared + changes.gone : revised.length;
      if (released && saysNew === 0)
        throw new ProblemError('report-unchanged', `It would say what ${numberOf(released)} says.`);
      const isSame =
        prepared?.digest.toString('hex') === digest && (reason === null || prepared.reason === reason);
      if (isSame && prepared.revises === (released?.id ?? null)) return null;
      const monthsSince = of.months.filter((one) => released && !released.about.months.includes(one));
      if (released && reason === null && monthsSince.length === 0)
        throw invalidRequest({ field: 'reason', message: 'is needed: why is it revised?' });
      const about: About = {
        ...{ sourceName: data.sourceName, regionName: data.province.area.name },
        ...{ dataVersion: data.release.dataVersion, belts: of.belts, months: of.months, monthsSince },
        changes,
      };
      isNew = true;
      const detail = `${of.source} ${of.month} ${of.region}, data set ${digest}${released ? `, revises ${numberOf(released)}` : ''}`;
      await this.audit.tellWithin(manager, [{ event: 'report-prepared', ...by, subject: id, detail }]);
      return {
        ...{
          id,
          source: of.source,
          month: of.month,
          region: of.region,
          about,
          dataSet: bytes,
          reason,
          revised,
        },
        ...{ revises: released?.id ?? null, preparedAt: new Date() },
      };
    });
    const { prepared } = await this.store.current(of);
    if (!prepared) throw overtaken();
    return { publication: answerOf(prepared), isNew };
  }

  /** @throws ProblemError where there is none for the viewer, or it is in another state than `ifMatch` names */
  async release(viewer: Viewer, which: string, ifMatch: string | undefined, by: Doer): Promise<Publication> {
    const row = await this.found(viewer, which);
    if (ifMatch === undefined || ifMatch.trim() === '')
      throw new ProblemError(
        'precondition-required',
        'Send If-Match with the `etag` of the publication as it was read, so that no other than that one is released.',
      );
    const isMeant = ifMatch.split(',').some((one) => [etagOf(row), '*'].includes(one.trim()));
    if (!isMeant || row.state !== 'prepared') throw overtaken();
    return this.publish(row.id, by);
  }

  /** Releases what is prepared under the next number of the year. @throws ProblemError where another edition came in between */
  async publish(id: string, by: Doer): Promise<Publication> {
    return this.turn.take(async () => {
      for (let tries = 0; tries < TRIES; tries++) {
        const row = await this.store.one(id);
        if (row?.state !== 'prepared') throw overtaken();
        const releasedAt = new Date();
        const year = Number(this.dayOf(releasedAt).slice(0, 4));
        const numbered = { year, no: await this.store.nextNo(year) };
        const number = textOf(numbered);
        const edition = await this.edition(row, number, releasedAt);
        const files = await this.typesetter.files({ ...(await this.toPublish(row)), edition }, EVERY_FILE);
        const detail = `${number}: ${row.source} ${monthOf(row.month)} ${row.region}`;
        const done = await this.store.release(id, numbered, releasedAt, files, (manager) =>
          this.audit.tellWithin(manager, [{ event: 'report-released', ...by, subject: id, detail }]),
        );
        if (done === 'overtaken') throw overtaken();
        const after = done === 'released' ? await this.store.one(id) : null;
        if (after) return answerOf(after);
      }
      throw new Error(`other publications were released ${TRIES} times before ${id}`);
    });
  }

  /** Whether bytes are a file that was released, as far as the viewer may know. */
  async verify(viewer: Viewer, { sha256: asked, content }: VerifyQuestion): Promise<VerifyAnswer> {
    const digest =
      asked === undefined ? sha256(Buffer.from(content ?? '', 'base64')) : Buffer.from(asked, 'hex');
    return {
      sha256: digest.toString('hex'),
      found: await foundBy(this.store, digest, (row) => sees(viewer, row)),
    };
  }

  private async found(viewer: Viewer, which: string): Promise<Row> {
    const row = await this.store.one(which.startsWith('BL-') ? numberedOf(which) : which);
    if (row && sees(viewer, row) && (row.no !== null || mayPublish(viewer))) return row;
    throw sought(notFound('There is no such publication.'), 'report', row && (numberOf(row) ?? row.id));
  }

  private async toPublish({ id, digest }: Row): Promise<{ data: RegionData; digest: string }> {
    return { data: dataOf(await this.store.dataSet(id)), digest: digest.toString('hex') };
  }

  private async edition(row: Row, number: string | null, at: Date): Promise<Edition> {
    const of = textOf({ year: row.revisesYear, no: row.revisesNo });
    const { reason, about } = row;
    const revision =
      of === null
        ? null
        : { of, reason, monthsSince: about.monthsSince, changes: await this.store.revised(row.id) };
    return { number, day: this.dayOf(at), revision };
  }

  /** In the business time zone. */
  private dayOf(at: Date): Day {
    const format = { timeZone: this.config.BELTLINE_TIME_ZONE, dateStyle: 'short' } as const;
    return new Intl.DateTimeFormat('sv-SE', format).format(at);
  }
}

/** Everything that a report says is the reader's, or nothing is: it is read whole. */
const sees = (viewer: Viewer, { source, about }: Row): boolean =>
  seesSource(viewer, source) && seesAll(viewer, about.belts);
const seesAll = (viewer: Sight, belts: About['belts']): boolean =>
  viewer.belts === 'everything' ||
  (belts.length > 0 &&
    belts.every(({ id, adcode }) => viewer.belts.includes(id) || liesIn(viewer.regions ?? [], adcode)));
const mayPublish = ({ permissions }: Viewer) => permissions.has('publish-reports');

/** Of what was released alone: belts that came later are in no release of this month. */
function frozen({ provinces, belts, ...release }: Awaited<ReturnType<ReleasesService['one']>>): RegionData {
  const [province] = provinces;
  if (!province) throw notFound(NO_REGION);
  return {
    ...{ ...release, province },
    belts: belts.filter(({ cells }) => cells.some(({ state }) => state !== 'no-data')),
  };
}

const dataOf = (bytes: Buffer) => JSON.parse(bytes.toString('utf8')) as RegionData;
const withNumber = (rows: readonly Row[]) => rows.filter(({ no }) => no !== null);

const NO_REGION = 'Nothing of this region and month is released.';
const overtaken = () =>
  new ProblemError(
    'precondition-failed',
    'This publication is not as it was read: it was released, or another one was prepared in its place.',
  );
