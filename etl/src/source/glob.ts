/** A part of a glob: a character, any one of them, any number of them, or either of several globs. */
type Part =
  { readonly character: string } | 'one' | 'many' | { readonly either: readonly (readonly Part[])[] };

/**
 * Whether a name fits a glob: `*` any characters, `?` one character, `{a,b}` either; everything else stands for itself.
 * Not a regular expression, which would try every way to share out a name among many stars: this takes a step for each character
 * and each part.
 */
export function globMatcher(glob: string): (name: string) => boolean {
  const parts = [...glob.matchAll(/\{([^{}]*)\}|[^]/gu)].flatMap(([text, alternatives]): readonly Part[] =>
    alternatives === undefined ? plain(text) : [{ either: alternatives.split(',').map(plain) }],
  );
  return (name) => {
    const characters = Array.from(name);
    return ends(parts, characters, new Set([0])).has(characters.length);
  };
}

const plain = (text: string): readonly Part[] =>
  Array.from(text, (character) => (character === '*' ? 'many' : character === '?' ? 'one' : { character }));

/** Where in a name parts can end that begin at one of some places. */
function ends(
  parts: readonly Part[],
  name: readonly string[],
  from: ReadonlySet<number>,
): ReadonlySet<number> {
  let places = from;
  for (const part of parts) {
    if (places.size === 0) return places;
    places = endsOf(part, name, places);
  }
  return places;
}

function endsOf(part: Part, name: readonly string[], from: ReadonlySet<number>): ReadonlySet<number> {
  if (part === 'many') {
    const first = Math.min(...from);
    return new Set(Array.from({ length: name.length - first + 1 }, (_, index) => first + index));
  }
  if (part !== 'one' && 'either' in part)
    return new Set(part.either.flatMap((parts) => [...ends(parts, name, from)]));
  const isThis = (place: number) => place < name.length && (part === 'one' || name[place] === part.character);
  return new Set([...from].filter(isThis).map((place) => place + 1));
}
