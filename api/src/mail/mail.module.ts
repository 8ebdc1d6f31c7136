import { Module, type Type } from '@nestjs/common';
import { AccessModule } from '../access/access.module.ts';
import { BenchmarkModule } from '../benchmark/benchmark.module.ts';
import { ReleasesModule } from '../releases/releases.module.ts';
import { ReportsModule } from '../reports/reports.module.ts';
import { Letters } from './letters.service.ts';
import { MailEndPageController } from './mail-end-page.controller.ts';
import { MailLinksController } from './mail-links.controller.ts';
import { MailLinks } from './mail-links.service.ts';
import { MailQueue } from './mail-queue.service.ts';
import { MailStore } from './mail-store.service.ts';
import { MailTransport } from './mail-transport.service.ts';
import { MailController } from './mail.controller.ts';
import { MailService } from './mail.service.ts';

export const MAIL_CONTROLLERS: readonly Type[] = [MailController, MailLinksController];

/** What is sent to people by e-mail: reports as they come out, and a merchant's own page in short. */
@Module({
  imports: [AccessModule, BenchmarkModule, ReleasesModule, ReportsModule],
  controllers: [...MAIL_CONTROLLERS, MailEndPageController],
  providers: [Letters, MailLinks, MailQueue, MailService, MailStore, MailTransport],
})
export class MailModule {}
