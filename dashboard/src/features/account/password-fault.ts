/** As the contract has it, whose values would bring the schema library into the page. */
export const SHORTEST_PASSWORD = 12;

export type PasswordFault = 'short' | 'name' | 'plain' | 'common' | 'same' | 'repeat';

/** What the API says of a password, which it knows more of than the page: the list of common ones. */
const SAID: readonly (readonly [string, PasswordFault])[] = [
  ['must have at least five different', 'plain'],
  ['must have at least', 'short'],
  ['must not hold the name', 'name'],
  ['is among those that are tried first', 'common'],
  ['must differ from the present', 'same'],
];

/** Which of the rules the API named; null where it said something else. */
export const saidFault = (message: string): PasswordFault | null =>
  SAID.find(([text]) => message.startsWith(text))?.[1] ?? null;

/** What the page itself sees is wrong with a new password; the API checks it again, and more. */
export function passwordFault(password: string, repeated: string): PasswordFault | null {
  if ([...password].length < SHORTEST_PASSWORD) return 'short';
  if (new Set(password.toLowerCase()).size < 5) return 'plain';
  return password === repeated ? null : 'repeat';
}
