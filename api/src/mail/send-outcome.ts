/** What came of handing a mail to a server, from how its library fails: whose matter it is decides what is done. */

export type SendOutcome =
  | { readonly kind: 'sent'; readonly answer: string }
  /** `isBounce`: it is the address that is refused, or what was sent there. */
  | { readonly kind: 'refused'; readonly answer: string; readonly isBounce: boolean }
  | { readonly kind: 'put-off'; readonly answer: string }
  /** No matter of this mail: the server is away, or takes nothing from us. */
  | { readonly kind: 'unreachable'; readonly answer: string };

interface SmtpError {
  readonly message?: string;
  readonly code?: string;
  readonly command?: string;
  readonly response?: string;
  readonly responseCode?: number;
}

/** RFC 5321, 3.8: the server closes, whatever it was asked. */
const CLOSING = 421;
/** RFC 5321, 4.2.2: too large for the mailbox, which may well take the next one. */
const TOO_LARGE = 552;
const LONGEST_ANSWER = 300;

/** `address`: whose it was, which is taken out of what the server said. */
export function outcomeOf(thrown: unknown, address: string): SendOutcome {
  const error = (thrown ?? {}) as SmtpError;
  const { code, command, responseCode: status } = error;
  const answer = answerIn(error.response ?? error.message ?? String(thrown), address);
  // Of the sender or the login nothing is said by which this mail differs from the next.
  const isOfThis = code === 'EMESSAGE' || (code === 'EENVELOPE' && command !== 'MAIL FROM');
  if (!isOfThis || status === CLOSING) return { kind: 'unreachable', answer };
  if (status !== undefined && status < 500) return { kind: 'put-off', answer };
  return { kind: 'refused', answer, isBounce: status !== undefined && status !== TOO_LARGE };
}

/** One line, short, and without the address that it may repeat. */
export function answerIn(said: string, address: string): string {
  const line = said.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim();
  const hidden = address === '' ? line : line.split(new RegExp(escaped(address), 'gi')).join('…');
  return hidden.slice(0, LONGEST_ANSWER);
}

const escaped = (text: string) => text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
