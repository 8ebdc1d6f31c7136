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
