interface NamedSource {
  readonly source: string;
  readonly name: { readonly zh: string; readonly en: string };
}

/** What a source is called on the page. Nothing keeps two from one name, and a reader has to know which one it is. */
export function sourceLabel<S extends NamedSource>(
  source: S,
  all: readonly S[],
  name: (names: S['name']) => string,
): string {
  const shown = name(source.name);
  const isShared = all.some((other) => other.source !== source.source && name(other.name) === shown);
  return isShared ? `${shown} (${source.source})` : shown;
}
