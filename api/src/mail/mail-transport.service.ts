import { Inject, Injectable } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import { CONFIG } from '../platform/config/config.module.ts';
import type { ApiConfig } from '../platform/config/config.ts';
import { mailSettings, type MailSettings } from './mail-settings.ts';
import { answerIn, outcomeOf, type SendOutcome } from './send-outcome.ts';

export interface MailFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
}
/** A mail as it is composed; who it goes to is said when it goes. */
export interface Letter {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly files: readonly MailFile[];
  /** Where one request ends what it comes from (RFC 8058); null of what comes once. */
  readonly unsubscribe: string | null;
}

/** A server that is slower than this is taken for one that is away. */
const CONNECT_MS = 20_000;
const SILENCE_MS = 60_000;
const WHOLE_MS = 180_000;

/**
 * The mail server. A connection for each mail: a kept one that breaks between the last byte and the answer would have the library hand the same over
 * once more without a word.
 */
@Injectable()
export class MailTransport {
  /** Null where mail is not set up. */
  readonly settings: MailSettings | null;

  constructor(@Inject(CONFIG) config: ApiConfig) {
    this.settings = mailSettings(config);
  }

  /** `id`: the same for the same mail, however often it is handed over. Does not fail: what went wrong is the outcome. */
  async send(
    letter: Letter,
    to: { readonly address: string; readonly id: string; readonly signal: AbortSignal },
  ): Promise<SendOutcome> {
    const settings = this.set();
    const host = new URL(settings.origin).hostname;
    try {
      const { response } = await transportOf(settings).sendMail({
        ...{ from: settings.from, to: { name: '', address: to.address } },
        ...{ subject: letter.subject, text: letter.text, html: letter.html },
        attachments: letter.files.map(({ name, type, bytes }) => ({
          ...{ filename: name, contentType: type, content: bytes },
        })),
        messageId: `<${to.id}@${host}>`,
        headers: {
          'Auto-Submitted': 'auto-generated',
          ...(letter.unsubscribe === null ? {} : { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
        },
        ...(letter.unsubscribe === null
          ? {}
          : { list: { id: { url: host, comment: 'Beltline' }, unsubscribe: letter.unsubscribe } }),
        // All of a mail is in the letter: nothing of it is a path or an address to be fetched.
        ...{ disableFileAccess: true, disableUrlAccess: true },
        signal: AbortSignal.any([to.signal, AbortSignal.timeout(WHOLE_MS)]),
      });
      return { kind: 'sent', answer: answerIn(response, to.address) };
    } catch (error) {
      return outcomeOf(error, to.address);
    }
  }

  /** Whether the server lets us in. */
  async isThere(): Promise<boolean> {
    try {
      await transportOf(this.set()).verify();
      return true;
    } catch {
      return false;
    }
  }

  private set(): MailSettings {
    if (!this.settings) throw new Error('mail is not set up');
    return this.settings;
  }
}

const transportOf = ({ host, port, isSecure, mustEncrypt, auth, origin }: MailSettings) =>
  createTransport({
    ...{ host, port, secure: isSecure, requireTLS: mustEncrypt && !isSecure },
    ...(auth ? { auth } : {}),
    name: new URL(origin).hostname,
    ...{ connectionTimeout: CONNECT_MS, greetingTimeout: CONNECT_MS, socketTimeout: SILENCE_MS },
  });
