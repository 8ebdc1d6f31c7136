import type { Annotation, Grain } from '@beltline/contract';

/** Annotations as they stand in a chart: the buckets that they touch, and the numbers that name them in the list below. */
export interface AnnotationMark {
  first: number;
  last: number;
  label: string;
}

export interface NumberedNote {
  number: number;
  note: Annotation;
}

const bucketOf = (day: string, grain: Grain) => (grain === 'month' ? day.slice(0, 7) : day);

/** Those that fall into the buckets shown, in the order of their days, numbered from 1. */
export function notesInView(
  notes: readonly Annotation[],
  days: readonly string[],
  grain: Grain,
): NumberedNote[] {
  const first = days[0];
  const last = days.at(-1);
  if (first === undefined || last === undefined) return [];
  const inView = notes.filter(
    (note) =>
      bucketOf(note.lastDay ?? note.day, grain) >= bucketOf(first, grain) &&
      bucketOf(note.day, grain) <= bucketOf(last, grain),
  );
  const byDay = [...inView].sort((a, b) => a.day.localeCompare(b.day) || a.id.localeCompare(b.id));
  return byDay.map((note, index) => ({ number: index + 1, note }));
}

function indexAtOrAfter(days: readonly string[], day: string, grain: Grain): number {
  const found = days.findIndex((shown) => bucketOf(shown, grain) >= bucketOf(day, grain));
  return found === -1 ? days.length - 1 : found;
}

/** One mark a first bucket: notes that begin in the same bucket share a line, and a label such as "1 · 2". */
export function annotationMarks(
  numbered: readonly NumberedNote[],
  days: readonly string[],
  grain: Grain,
): AnnotationMark[] {
  const marks = new Map<number, AnnotationMark>();
  for (const { number, note } of numbered) {
    const first = indexAtOrAfter(days, note.day, grain);
    const last = Math.max(first, indexAtOrAfter(days, note.lastDay ?? note.day, grain));
    const mark = marks.get(first);
    if (!mark) marks.set(first, { first, last, label: String(number) });
    else marks.set(first, { first, last: Math.max(mark.last, last), label: `${mark.label} · ${number}` });
  }
  return [...marks.values()];
}
