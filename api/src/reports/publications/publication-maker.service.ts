import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Publication, PublicationToPrepare, ReportArea } from '@beltline/contract';
import { AuditService } from '../../access/audit.service.ts';
import type { Doer } from '../../access/users.service.ts';
import type { Sight } from '../../access/viewer.ts';
import { type Day, monthOf } from '../../core/calendar.ts';
import { CONFIG } from '../../platform/config/config.module.ts';
import type { ApiConfig } from '../../platform/config/config.ts';
import { Places } from '../../platform/places.ts';
import { invalidRequest, notFound, ProblemError, sought } from '../../platform/problem/problem-error.ts';
import { ReleasedAreas } from '../../releases/released-areas.service.ts';
import { type AreaKey, ReleasesService } from '../../releases/releases.service.ts';
import { answerOf, etagOf, numberOf, textOf } from './publication-answer.ts';
import { seesAll } from './publication-scope.ts';
import { type About, PublicationStore, type Row } from './publication-store.service.ts';
import {
  type Edition,
  ownOf,
  readData,
  type RegionData,
  regionData,
  writtenData,
} from '../region/region-data.ts';
import { dayIn } from './report-calendar.ts';
import { changesBetween, countsOf, ofItsMonth } from '../region/report-changes.ts';
import { EVERY_FILE, type MadeFile, type Wanted } from '../files/report-files.ts';
import { Typesetter } from '../files/typesetter.service.ts';

/** Others who release at the same time in other processes are before us so often at most. */
const TRIES = 20;

/** What is done with publications: prepared from what was released of an area, withdrawn, or released under a number. */
@Injectable()
export class PublicationMaker {
  /** Of several that are released here at once each has its number before the next is set. */
  private readonly turn = new Places(1);

  constructor(
    @Inject(PublicationStore) private readonly store: PublicationStore,
    @Inject(ReleasesService) private readonly releases: ReleasesService,
    @Inject(ReleasedAreas) private readonly areas: ReleasedAreas,
    @Inject(Typesetter) private readonly typesetter: Typesetter,
    @Inject(AuditService) private readonly audit: AuditService,
    @Inject(CONFIG) private readonly config: ApiConfig,
  ) {}

  /**
   * Freezes what is released of an area at the moment. What is prepared of it already and says the same is it.
   * @throws ProblemError where there is no such area or month for the viewer, where nothing has changed since the last edition, or
   * where a revision comes without a reason that can be named
   */
  async prepare(
    viewer: Sight,
    {
      source,
      month,
      kind = 'province',
      region: id = '',
      reason = null,
    }: Omit<PublicationToPrepare, 'reason'> & { reason?: string | null | undefined },
    by: Doer,
  ): Promise<{ readonly publication: Publication; readonly isNew: boolean }> {
    const of = await this.areas.one(viewer, { source, month, kind, id });
    if (!of || !seesAll(viewer, of)) throw sought(notFound(NO_AREA), 'area', of && `${of.id} ${of.month}`);
    const data = await this.data(viewer, of);
    const { bytes, digest } = writtenData(data);
    let isNew = false;
    await this.store.prepare(async (manager) => {
      const { released, prepared } = await this.store.current(of, manager);
      const before = released && readData(await this.store.dataSet(released.id, manager));
      const revised = before ? changesBetween(before, data) : [];
      const changes = countsOf(revised);
      // By itself nothing is revised in which no number of its month differs, but only why there is none.
      const { moved, appeared, gone } = countsOf(ofItsMonth(revised));
      const saysNew = reason === null ? moved + appeared + gone : revised.length;
      if (released && saysNew === 0)
        throw new ProblemError('report-unchanged', `It would say what ${numberOf(released)} says.`);
      const isSame =
        prepared?.digest.toString('hex') === digest && (reason === null || prepared.reason === reason);
      if (isSame && prepared.revises === (released?.id ?? null)) return null;
      const monthsSince = of.months.filter((one) => before && !rests(before, released?.about.months, one));
      const hasLeaversSince = of.hasLeavers && before !== null && !tellsOfLeavers(before);
      if (released && reason === null && monthsSince.length === 0 && !hasLeaversSince)
        throw invalidRequest({ field: 'reason', message: 'is needed: why is it revised?' });
      const about: About = {
        ...{ sourceName: data.sourceName, regionName: ownOf(data).area.name },
        ...{ dataVersion: data.release.dataVersion, belts: of.belts, months: of.months, monthsSince },
        ...(hasLeaversSince ? { leaversSince: true } : {}),
        changes,
      };
      isNew = true;
      const publicationId = randomUUID();
      const detail = `${of.source} ${of.month} ${namedIn(of)}, data set ${digest}${released ? `, revises ${numberOf(released)}` : ''}`;
      await this.audit.tellWithin(manager, [
        { event: 'report-prepared', ...by, subject: publicationId, detail },
      ]);
      return {
        ...{ of, id: publicationId, about, dataSet: bytes, reason, revised },
        ...{ revises: released?.id ?? null, preparedAt: new Date() },
      };
    });
    const { prepared } = await this.store.current(of);
    if (!prepared) throw overtaken();
    return { publication: answerOf(prepared), isNew };
  }

  /** As `prepare`, unless a person has withdrawn what says the same: then null. */
  async prepareByItself(
    viewer: Sight,
    asked: Omit<PublicationToPrepare, 'reason'>,
    by: Doer,
  ): Promise<Publication | null> {
    const { source, month, kind = 'province', region: id = '' } = asked;
    const of = await this.areas.one(viewer, { source, month, kind, id });
    if (of) {
      const { digest } = writtenData(await this.data(viewer, of));
      if (await this.store.isWithdrawn(of, Buffer.from(digest, 'hex'))) return null;
    }
    return (await this.prepare(viewer, asked, by)).publication;
  }

  /** What is released of an area at the moment, as a report says it. */
  private async data(
    viewer: Sight,
    { source, month, kind, id }: { source: string; month: string; kind: ReportArea; id: string },
  ): Promise<RegionData> {
    const answer = await this.releases.one(viewer, month, source, { kind, id });
    return frozen(regionData(answer, kind, await this.areas.history(source, month, { kind, id })));
  }

  /** @throws ProblemError where it is in another state than `ifMatch` names */
  async release(row: Row, ifMatch: string | undefined, by: Doer): Promise<Publication> {
    meant(row, ifMatch);
    return this.publish(row.id, by);
  }

  /** Takes a draft back, for good; the same can be prepared again. @throws ProblemError where it is in another state than `ifMatch` names */
  async withdraw(row: Row, ifMatch: string | undefined, by: Doer): Promise<void> {
    meant(row, ifMatch);
    const detail = `${row.source} ${monthOf(row.month)} ${namedIn({ kind: row.kind, id: row.region })}`;
    const done = await this.store.withdraw(row.id, new Date(), (manager) =>
      this.audit.tellWithin(manager, [{ event: 'report-withdrawn', ...by, subject: row.id, detail }]),
    );
    if (!done) throw overtaken();
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
        const files = await this.files(row, number, releasedAt, EVERY_FILE);
        const detail = `${number}: ${row.source} ${monthOf(row.month)} ${namedIn({ kind: row.kind, id: row.region })}`;
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

  /** A file of what is only prepared, as it would be today. */
  async draftFile(row: Row, wanted: Wanted): Promise<MadeFile> {
    const [made] = await this.files(row, null, new Date(), [wanted]);
    if (!made) throw new Error(`no ${wanted.format} was made`);
    return made;
  }

  private async files(
    row: Row,
    number: string | null,
    at: Date,
    wanted: readonly Wanted[],
  ): Promise<MadeFile[]> {
    const data = readData(await this.store.dataSet(row.id));
    const edition = await this.edition(row, number, at);
    return this.typesetter.files({ data, digest: row.digest.toString('hex'), edition }, wanted);
  }

  private async edition(row: Row, number: string | null, at: Date): Promise<Edition> {
    const of = textOf({ year: row.revisesYear, no: row.revisesNo });
    const { reason, about } = row;
    const revision =
      of === null
        ? null
        : {
            ...{ of, reason, monthsSince: about.monthsSince, changes: await this.store.revised(row.id) },
            ...(about.leaversSince ? { leaversSince: about.leaversSince } : {}),
          };
    return { number, day: this.dayOf(at), revision };
  }

  private dayOf(at: Date): Day {
    return dayIn(this.config.BELTLINE_TIME_ZONE, at);
  }
}

/** Whether an edition rested on a month already. Those that levels are against were not noted at first. */
const rests = (edition: RegionData, noted: readonly string[] | undefined, month: string): boolean =>
  (noted ?? []).includes(month) || (edition.reference?.months.includes(month) ?? false);

const tellsOfLeavers = (edition: RegionData): boolean => ownOf(edition).carriers?.sameStore !== undefined;

/** Of what was released alone: belts that came later are in no release of this month. */
const frozen = (data: RegionData): RegionData => ({
  ...data,
  belts: data.belts.filter(({ cells }) => cells.some(({ state }) => state !== 'no-data')),
});

/** @throws ProblemError where a draft is not the one, or not in the state, that somebody means */
function meant(row: Row, ifMatch: string | undefined): void {
  if (ifMatch === undefined || ifMatch.trim() === '')
    throw new ProblemError(
      'precondition-required',
      'Send If-Match with the `etag` of the publication as it was read, so that no other than that one is meant.',
    );
  const isMeant = ifMatch.split(',').some((one) => [etagOf(row), '*'].includes(one.trim()));
  if (!isMeant || row.state !== 'prepared') throw overtaken();
}

/** As the audit names it. */
const namedIn = ({ kind, id }: AreaKey): string => (kind === 'nation' ? kind : id);

const NO_AREA = 'Nothing of this area and month is released.';
const overtaken = () =>
  new ProblemError(
    'precondition-failed',
    'This publication is not as it was read: it was released or withdrawn, or another one was prepared in its place.',
  );
