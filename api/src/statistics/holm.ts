/**
 * Which of several p-values are findings, so that the chance of a single false one among all of them stays within the rate, whatever hangs together among
 * them. Holm (1979), A simple sequentially rejective multiple test procedure.
 */
export function familyFindings(pValues: readonly number[], rate: number): boolean[] {
  const inOrder = [...pValues.keys()].sort((a, b) => (pValues[a] ?? 1) - (pValues[b] ?? 1));
  const found = pValues.map(() => false);
  for (const [rank, at] of inOrder.entries()) {
    if ((pValues[at] ?? 1) > rate / (pValues.length - rank)) break;
    found[at] = true;
  }
  return found;
}
