/** The fields of one line of delimited text; null where a quote stays open, or text follows a closing one. */
export function splitLine(line: string, delimiter: string, hasQuotes = true): string[] | null {
  if (!hasQuotes) return line.split(delimiter);
  const fields: string[] = [];
  let rest = line;
  for (;;) {
    const quoted = /^"((?:[^"]|"")*)"/.exec(rest);
    const end = quoted ? quoted[0].length : rest.indexOf(delimiter);
    if (!quoted && rest.startsWith('"')) return null;
    const field = quoted
      ? (quoted[1] ?? '').replaceAll('""', '"')
      : rest.slice(0, end < 0 ? rest.length : end);
    fields.push(field);
    if (end < 0 || end >= rest.length) return fields;
    if (rest[end] !== delimiter) return null; // text after a closing quote
    rest = rest.slice(end + 1);
  }
}
