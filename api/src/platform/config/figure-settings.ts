import { hash } from 'node:crypto';
import { buildId } from '../build-id.ts';
import type { ApiConfig } from './config.ts';

/** Settings of where things are, who may come in, how much memory is used and what is made when: no figure is another one for them. */
const OF_THE_PLACE =
  /^(PORT$|HOST$|LOG_LEVEL$|DATABASE_|CLICKHOUSE_|BELTLINE_(DATA$|PUBLIC_|TRUSTED_|ALLOWED_|REQUESTS_|OIDC_|SECRETS_|SMTP_|MAIL_|DEBUG$|SUMS_|MERCHANTS_|REPORTS?(_|$)|RELEASE_|DEMO(_|$)))/;

/**
 * Names the program as it was built with the settings that it computes by: where it is the same, so is what is computed of the same data. A setting
 * that is not known to be without effect counts. The thresholds of disclosure control are among them: not to be shown to anybody.
 */
export function figureMaker(config: ApiConfig): string {
  const settings = Object.entries(config).filter(([name]) => !OF_THE_PLACE.test(name));
  return hash('sha256', JSON.stringify([buildId(), settings.sort()]), 'base64url');
}
