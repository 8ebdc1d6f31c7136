/** One line of a tooltip: a name, its value, and the colour that it is drawn in. */
export interface TooltipLine {
  name: string;
  value: string;
  colour?: string;
}

/**
 * Built from nodes and text, never from markup: names come from data, and a content policy may forbid inline styles in
 * markup (set on a node they are allowed).
 */
export function tooltipElement(title: string, lines: readonly TooltipLine[]): HTMLElement {
  const box = document.createElement('div');
  box.className = 'chart-tooltip';
  const head = document.createElement('strong');
  head.textContent = title;
  box.append(head);
  for (const line of lines) {
    const row = document.createElement('div');
    const swatch = document.createElement('i');
    if (line.colour === undefined) swatch.hidden = true;
    else swatch.style.background = line.colour;
    const name = document.createElement('span');
    name.textContent = line.name;
    const value = document.createElement('b');
    value.textContent = line.value;
    row.append(swatch, name, value);
    box.append(row);
  }
  return box;
}

/** The index in the category axis that a tooltip is asked about. */
export function tooltipIndex(params: unknown): number {
  const first: unknown = Array.isArray(params) ? params[0] : params;
  if (typeof first !== 'object' || first === null || !('dataIndex' in first)) return -1;
  return typeof first.dataIndex === 'number' ? first.dataIndex : -1;
}
