import { Inject, Injectable } from '@nestjs/common';
import type { BenchmarkAnswer, MailReason, Publication, ReportLanguage } from '@beltline/contract';
import type { UserEntity } from '@beltline/sql/postgres';
import { LRUCache } from 'lru-cache';
import { viewerOfUser } from '../access/sessions.service.ts';
import { scopeOf, seesSource, type Viewer } from '../access/viewer.ts';
import { BenchmarkService } from '../benchmark/benchmark.service.ts';
import { ProblemError } from '../platform/problem/problem-error.ts';
import { answerOf } from '../reports/publications/publication-answer.ts';
import { sees } from '../reports/publications/publication-scope.ts';
import { PublicationStore } from '../reports/publications/publication-store.service.ts';
import { MEDIA_TYPES } from '../reports/files/report-files.ts';
import { type MailBody, writtenHtml, writtenText } from './mail-body.ts';
import { MailLinks } from './mail-links.service.ts';
import { type Delivery, MailStore } from './mail-store.service.ts';
import { type Letter, type MailFile, MailTransport } from './mail-transport.service.ts';
import { MAIL_WORDS } from './mail-words.ts';
import { MAILED_FORMATS, reportLetter } from './report-letter.ts';
import { MOST_OWNERS, standingLetter } from './standing-letter.ts';

/** Some hundred kilobytes each; those of one edition and its languages go out together. */
const KEPT = 4;

/** What is to be sent where; or why nothing is. `name`: what the audit calls it. */
export type Composed =
  { readonly letter: Letter; readonly address: string; readonly name: string } | { readonly not: MailReason };

/**
 * Composes a mail when its turn has come: whoever it is to go to is asked for then, with what they may see then, and not when it was wanted.
 */
@Injectable()
export class Letters {
  private readonly kept = new LRUCache<string, MailFile[]>({ max: KEPT });

  constructor(
    @Inject(MailStore) private readonly store: MailStore,
    @Inject(MailTransport) private readonly transport: MailTransport,
    @Inject(MailLinks) private readonly links: MailLinks,
    @Inject(PublicationStore) private readonly publications: PublicationStore,
    @Inject(BenchmarkService) private readonly benchmark: BenchmarkService,
  ) {}

  async of(delivery: Delivery): Promise<Composed> {
    const user = await this.store.user(delivery.userId);
    if (!user || user.disabledAt !== null) return { not: 'not-allowed' };
    const address = await this.store.address(user.id);
    if (!address || address.stoppedAt !== null) return { not: 'no-address' };
    if (delivery.topic === 'confirm')
      return {
        letter: this.confirmation(user, address),
        ...{ address: address.address, name: 'confirmation' },
      };
    if (address.confirmedAt === null) return { not: 'no-address' };
    const viewer = viewerOfUser(user);
    const made = await (delivery.topic === 'report'
      ? this.report(delivery, viewer)
      : this.standing(delivery, viewer));
    return 'not' in made ? made : { ...made, address: address.address };
  }

  private confirmation(
    { id }: UserEntity,
    { address, askedAt, language }: { address: string; askedAt: Date; language: string },
  ): Letter {
    const of: ReportLanguage = language === 'en' ? 'en' : 'zh';
    const words = MAIL_WORDS[of];
    const token = this.links.token('confirm', id, confirmed(address, askedAt));
    const body: MailBody = {
      ...{ language: of, title: words.confirm.subject, parts: [words.confirm.text] },
      action: { text: words.confirm.open, url: `${this.origin}/mail/confirm?lang=${words.locale}#${token}` },
      ...{ foot: [words.product, words.confirm.ignore], end: null },
    };
    const written = { text: writtenText(body), html: writtenHtml(body) };
    return {
      subject: `${words.product} · ${words.confirm.subject}`,
      ...written,
      files: [],
      unsubscribe: null,
    };
  }

  private async report(
    { item, userId, subscriptionId }: Delivery,
    viewer: Viewer,
  ): Promise<{ letter: Letter; name: string } | { not: MailReason }> {
    const row = await this.publications.one(item);
    const publication = row && answerOf(row);
    // What has no number is not released.
    if (!row || !isNumbered(publication) || !viewer.permissions.has('read-releases') || !sees(viewer, row))
      return { not: 'not-allowed' };
    const subscription = await this.store.subscription(subscriptionId ?? '');
    if (subscription?.userId !== userId) return { not: 'ended' };
    const { language, delivery, id } = subscription;
    const files = delivery === 'attached' ? await this.files(publication, language) : null;
    const letter = reportLetter({
      ...{ publication, language, files, origin: this.origin, end: this.end(id, language) },
    });
    return { letter, name: `${publication.number}, ${delivery}, ${language}` };
  }

  /** As they were published; most who get an edition get the same as the one before them. */
  private async files({ id, number }: Publication, language: ReportLanguage): Promise<MailFile[]> {
    const known = this.kept.get(`${id} ${language}`);
    if (known) return known;
    const files: MailFile[] = [];
    for (const format of MAILED_FORMATS) {
      const bytes = await this.publications.file(id, language, format);
      if (!bytes) throw new Error(`${number} has no ${format} in ${language}`);
      files.push({ name: `${number}-${language}.${format}`, type: MEDIA_TYPES[format], bytes });
    }
    this.kept.set(`${id} ${language}`, files);
    return files;
  }

  private async standing(
    { item, userId, subscriptionId }: Delivery,
    viewer: Viewer,
  ): Promise<{ letter: Letter; name: string } | { not: MailReason }> {
    const [source = '', month = ''] = item.split(' ');
    const { owners = [] } = scopeOf(viewer, source);
    if (!viewer.permissions.has('read-benchmark') || !seesSource(viewer, source) || owners.length === 0)
      return { not: 'not-allowed' };
    const subscription = await this.store.subscription(subscriptionId ?? '');
    if (subscription?.userId !== userId) return { not: 'ended' };
    const answers: BenchmarkAnswer[] = [];
    try {
      for (const owner of owners.slice(0, MOST_OWNERS))
        answers.push(await this.benchmark.of(viewer, { source, owner }));
    } catch (error) {
      // No quarter is whole yet.
      if (error instanceof ProblemError && error.code === 'not-found') return { not: 'nothing' };
      throw error;
    }
    const [first, ...rest] = answers;
    if (!first) return { not: 'nothing' };
    const { language, id } = subscription;
    const letter = standingLetter({
      ...{ month, language, origin: this.origin, end: this.end(id, language), answers: [first, ...rest] },
    });
    return { letter, name: `standing ${source} ${month}, ${language}` };
  }

  /** The page in the language of the mail. */
  private end(subscriptionId: string, language: ReportLanguage) {
    const token = this.links.token('unsubscribe', subscriptionId);
    return {
      page: `${this.origin}/mail/unsubscribe?lang=${MAIL_WORDS[language].locale}#${token}`,
      request: `${this.origin}/api/v1/mail/unsubscribe?token=${token}`,
    };
  }

  private get origin(): string {
    return this.transport.settings?.origin ?? '';
  }
}

/** What a confirmation is of: another address, or one that was asked anew, is not confirmed by it. */
export const confirmed = (address: string, askedAt: Date): string => `${address} ${askedAt.toISOString()}`;

const isNumbered = (one: Publication | null): one is Publication & { readonly number: string } =>
  one !== null && one.number !== null;
