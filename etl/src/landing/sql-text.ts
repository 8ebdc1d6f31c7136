/** A name as a ClickHouse identifier; names come from a source's definition and may be in any script. */
export function identifier(name: string): string {
  return `\`${name.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``;
}

/** A text as a ClickHouse string literal, for what cannot be a parameter (definitions of tables and views). */
export function literal(text: string): string {
  const escaped = [...text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")].map((character) =>
    character < ' ' ? `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}` : character,
  );
  return `'${escaped.join('')}'`;
}
