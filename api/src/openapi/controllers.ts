import type { Type } from '@nestjs/common';
import { ACCESS_CONTROLLERS } from '../access/access.module.ts';
import { BENCHMARK_CONTROLLERS } from '../benchmark/benchmark.module.ts';
import { MAIL_CONTROLLERS } from '../mail/mail.module.ts';
import { CONTROLLERS } from '../questions/questions.module.ts';
import { RELEASE_CONTROLLERS } from '../releases/releases.module.ts';
import { REPORT_CONTROLLERS } from '../reports/reports.module.ts';

/** All controllers that the description covers. */
export const DESCRIBED: readonly Type[] = [
  ...ACCESS_CONTROLLERS,
  ...CONTROLLERS,
  ...RELEASE_CONTROLLERS,
  ...REPORT_CONTROLLERS,
  ...BENCHMARK_CONTROLLERS,
  ...MAIL_CONTROLLERS,
];
