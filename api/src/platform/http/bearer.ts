/**
 * What a request brings as a token (`Authorization: Bearer …`), be it one or not; null where it brings none. Whoever names the scheme asks by
 * the token alone, also where what follows cannot be read as one.
 */
export function bearerOf({
  authorization = '',
}: {
  readonly authorization?: string | undefined;
}): string | null {
  const [scheme = '', ...rest] = authorization.trim().split(/[ \t]+/);
  return scheme.toLowerCase() === 'bearer' ? rest.join(' ') : null;
}

/**
 * What a request brings as the password of `Authorization: Basic …` (RFC 7617), as calendar programs and readers of feeds send a token; null where it brings none. The name before it is nobody's: a token
 * says whose it is.
 */
export function basicPasswordOf({
  authorization = '',
}: {
  readonly authorization?: string | undefined;
}): string | null {
  const [scheme = '', encoded = ''] = authorization.trim().split(/[ \t]+/);
  if (scheme.toLowerCase() !== 'basic') return null;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  return text.slice(text.indexOf(':') + 1);
}
