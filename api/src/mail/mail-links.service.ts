import { Inject, Injectable } from '@nestjs/common';
import { SecretKeys } from '../access/secret-keys.ts';

/** What a link does. */
type Purpose = 'unsubscribe' | 'confirm';
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/**
 * Links of mails: the id of what they are about, and a signature (HMAC-SHA256) that nobody without the key can make. Nothing of them is kept, so that a link
 * is good for as long as what it names is there, and doing it twice is doing it once.
 */
@Injectable()
export class MailLinks {
  constructor(@Inject(SecretKeys) private readonly keys: SecretKeys) {}

  /** `about`: what must still be so when the link is used. */
  token(purpose: Purpose, id: string, about = ''): string {
    return `${id}.${this.keys.sign(`mail ${purpose}`, `${id} ${about}`)}`;
  }

  /** The id that a token names, whether it is signed or not; null where it is no token. */
  idIn(token: string): string | null {
    const id = token.slice(0, token.indexOf('.'));
    return UUID.test(id) ? id : null;
  }

  isSigned(token: string, purpose: Purpose, about = ''): boolean {
    const id = this.idIn(token);
    const signature = token.slice(token.indexOf('.') + 1);
    return id !== null && this.keys.isSigned(`mail ${purpose}`, `${id} ${about}`, signature);
  }
}
