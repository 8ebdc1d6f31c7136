import { Inject, Injectable } from '@nestjs/common';
import {
  type ArchiveQuestion,
  type EditionsAnswer,
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
import type { Doer } from '../../access/users.service.ts';
import type { Viewer } from '../../access/viewer.ts';
import { Places } from '../../platform/places.ts';
import { invalidRequest, notFound, sought } from '../../platform/problem/problem-error.ts';
import { answerOf, foundBy, numberedOf, numberOf } from './publication-answer.ts';
import { PublicationMaker } from './publication-maker.service.ts';
import { mayPublish, sees } from './publication-scope.ts';
import { reportSearch } from './publication-search.ts';
import { PublicationStore, type Row, sha256 } from './publication-store.service.ts';
import { readData } from '../region/region-data.ts';
import { archiveOf } from './report-archive.ts';
import { changesBetween, countsOf } from '../region/report-changes.ts';
import { MEDIA_TYPES } from '../files/report-files.ts';

export interface PublishedFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
  /** Whether these bytes stay: not of what is only prepared. */
  readonly isFinal: boolean;
}

/** Rows that are read at once to find those that a reader may see. */
const AT_ONCE = 200;

/** Publications as their readers find them: prepared from what was released of an area, released under a number, and the same for ever. */
@Injectable()
export class Publications {
  /** One at a time: fifty reports are some 40 MB. */
  private readonly archives = new Places(1);

  constructor(
    @Inject(PublicationStore) private readonly store: PublicationStore,
    @Inject(PublicationMaker) private readonly maker: PublicationMaker,
  ) {}

  async list(
    viewer: Viewer,
    { limit, before, state, text, ...filter }: PublicationsQuestion,
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
    const isFound = text === undefined ? () => true : await reportSearch(text);
    const found: Row[] = [];
    let isMore = true;
    for (let from = 0; isMore && withNumber(found).length <= limit; from += AT_ONCE) {
      const rows = await this.store.page(asked, from, AT_ONCE);
      // What is prepared stands on the first page.
      const isHere = (row: Row) => before === undefined || row.no !== null;
      found.push(...rows.filter((row) => isHere(row) && sees(viewer, row) && isFound(row)));
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
    return of((await this.maker.draftFile(row, { language, format })).bytes);
  }

  /**
   * Files of several that are released, as one ZIP. The same of the same has the same bytes.
   * @throws ProblemError where there is one of them not for the viewer
   */
  async archive(viewer: Viewer, { numbers, languages, formats }: ArchiveQuestion): Promise<Buffer> {
    const rows: Row[] = [];
    for (const number of new Set(numbers)) rows.push(await this.found(viewer, number));
    const wanted = [...new Set(formats)].flatMap((format) =>
      // The data set is in no language.
      (format === 'json' ? languages.slice(0, 1) : [...new Set(languages)]).map((language) => ({
        language,
        format,
      })),
    );
    const files = async function* (this: Publications) {
      for (const row of rows)
        for (const { language, format } of wanted)
          yield this.file(viewer, numberOf(row) ?? '', language, format);
    };
    const newest = Math.max(...rows.map(({ releasedAt }) => releasedAt?.getTime() ?? 0));
    return this.archives.take(() => archiveOf(files.call(this), new Date(newest)));
  }

  /**
   * What a later edition says otherwise than an earlier one.
   * @throws ProblemError where there is none for the viewer, or they are of two areas or months
   */
  async compared(viewer: Viewer, which: string, other: string): Promise<EditionsAnswer> {
    const [after, before] = [await this.found(viewer, which), await this.found(viewer, other)];
    const keyOf = ({ source, month, kind, region }: Row) => JSON.stringify([source, month, kind, region]);
    if (keyOf(after) !== keyOf(before))
      throw invalidRequest({ field: 'with', message: 'must be another edition of the same area and month' });
    const [was, is] = [await this.store.dataSet(before.id), await this.store.dataSet(after.id)];
    const differing = changesBetween(readData(was), readData(is));
    return { before: answerOf(before), after: answerOf(after), changes: countsOf(differing), differing };
  }

  /** @throws ProblemError as `PublicationMaker.prepare` does */
  prepare(
    viewer: Viewer,
    asked: NewPublication,
    by: Doer,
  ): Promise<{ readonly publication: Publication; readonly isNew: boolean }> {
    return this.maker.prepare(viewer, asked, by);
  }

  /** @throws ProblemError where there is none for the viewer, or it is in another state than `ifMatch` names */
  async release(viewer: Viewer, which: string, ifMatch: string | undefined, by: Doer): Promise<Publication> {
    return this.maker.release(await this.found(viewer, which), ifMatch, by);
  }

  /** @throws ProblemError as `release` does */
  async withdraw(viewer: Viewer, which: string, ifMatch: string | undefined, by: Doer): Promise<void> {
    await this.maker.withdraw(await this.found(viewer, which), ifMatch, by);
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
}

const withNumber = (rows: readonly Row[]) => rows.filter(({ no }) => no !== null);
