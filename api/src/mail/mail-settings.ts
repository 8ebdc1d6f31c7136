/** How mail leaves, from the settings. */
import { readFileSync } from 'node:fs';
import type { ApiConfig } from '../platform/config/config.ts';

export interface MailSettings {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; else it is begun by STARTTLS. */
  readonly isSecure: boolean;
  readonly mustEncrypt: boolean;
  readonly auth: { readonly user: string; readonly pass: string } | null;
  readonly from: string;
  /** Where links lead, without a slash at the end. */
  readonly origin: string;
  readonly domains: readonly string[] | null;
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i;
const SUBMISSION = { 'smtp:': 587, 'smtps:': 465 } as const;

/**
 * Null where nothing of mail is set. @throws Error where a setting is missing beside another, which would be without effect, or the file of the password
 * cannot be read.
 */
export function mailSettings(config: ApiConfig): MailSettings | null {
  const { BELTLINE_SMTP_URL: server, BELTLINE_MAIL_FROM: from, BELTLINE_PUBLIC_URL: publicUrl } = config;
  const password = config.BELTLINE_SMTP_PASSWORD ?? config.BELTLINE_SMTP_PASSWORD_FILE;
  if (server === undefined && from === undefined && password === undefined) return null;
  if (server === undefined || from === undefined || publicUrl === undefined)
    throw new Error('Mail needs all of BELTLINE_SMTP_URL, BELTLINE_MAIL_FROM and BELTLINE_PUBLIC_URL.');
  if (config.DATABASE_URL !== undefined && config.BELTLINE_SECRETS_KEY === undefined)
    throw new Error(
      'Mail beside a PostgreSQL server needs BELTLINE_SECRETS_KEY, by which its links are signed.',
    );
  const url = new URL(server);
  const protocol = url.protocol as keyof typeof SUBMISSION;
  const user = decodeURIComponent(url.username);
  if (user === '' && password !== undefined)
    throw new Error('A password of mail needs a name to log in as, in BELTLINE_SMTP_URL: smtp://name@….');
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? SUBMISSION[protocol] : Number(url.port),
    isSecure: protocol === 'smtps:',
    mustEncrypt: config.BELTLINE_SMTP_TLS === 'required' && !LOOPBACK.test(url.hostname),
    auth: user === '' ? null : { user, pass: passwordOf(config) },
    from,
    origin: new URL(publicUrl).origin,
    domains: config.BELTLINE_MAIL_DOMAINS ?? null,
  };
}

/** The reason alone is told: neither the password nor a part of it. */
function passwordOf({
  BELTLINE_SMTP_PASSWORD: set,
  BELTLINE_SMTP_PASSWORD_FILE: file,
}: Pick<ApiConfig, 'BELTLINE_SMTP_PASSWORD' | 'BELTLINE_SMTP_PASSWORD_FILE'>): string {
  if (file === undefined) return set ?? '';
  if (set !== undefined)
    throw new Error('Set BELTLINE_SMTP_PASSWORD or BELTLINE_SMTP_PASSWORD_FILE, and not both.');
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`BELTLINE_SMTP_PASSWORD_FILE: cannot be read (${code}).`, { cause: error });
  }
}
