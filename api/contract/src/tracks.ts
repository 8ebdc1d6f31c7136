/**
 * The tracks (赛道), each declared once; the lists, the enums of the wire and the bits follow. A new one takes an entry here, its
 * bit in `sql/clickhouse/load/stage-lines.sql`, which decides the tracks of a line, its words in `questions/definitions` and in
 * the dashboard's `i18n`, and its colour. No schema library in this file, so that the dashboard's first page can read it.
 */
interface TrackDeclaration {
  /** Its bit in `order_lines.combination`, a bitmask of the tracks that a line is in; 0 = every line. */
  readonly bit: number;
  /** Whether it is one of the five tracks of the recovery programme. */
  readonly isOfProgramme?: true;
  /** The track that it is a part of: it is not told apart in exclusive combinations. */
  readonly partOf?: string;
}

/**
 * In the order in which they are offered. A track is a set of order lines, and tracks overlap. `all` is every counted line,
 * `wholesale` the classic wholesale lines that are in none of the five tracks, `overseas-local` the part of cross-border
 * bought by overseas shops and overseas SMEs.
 */
export const TRACK = {
  all: { bit: 0 },
  wholesale: { bit: 64 },
  distribution: { bit: 1, isOfProgramme: true },
  'cross-border': { bit: 2, isOfProgramme: true },
  'overseas-local': { bit: 32, partOf: 'cross-border' },
  custom: { bit: 4, isOfProgramme: true },
  'factory-brand': { bit: 8, isOfProgramme: true },
  offline: { bit: 16, isOfProgramme: true },
} as const satisfies Record<string, TrackDeclaration>;

export type Track = keyof typeof TRACK;
export type ProgrammeTrack = {
  [T in Track]: (typeof TRACK)[T] extends { isOfProgramme: true } ? T : never;
}[Track];
export type CombinedTrack = Exclude<
  { [T in Track]: (typeof TRACK)[T] extends { partOf: string } ? never : T }[Track],
  'all'
>;

export const TRACKS = Object.keys(TRACK) as readonly Track[];

/** The five tracks of the recovery programme, in the order of their bits in a combination. */
export const PROGRAMME_TRACKS = TRACKS.filter(
  (track): track is ProgrammeTrack => 'isOfProgramme' in TRACK[track],
);

/**
 * The tracks that exclusive combinations are made of: the five and classic wholesale. A line of classic wholesale is in
 * no other; an order, merchant or buyer can have such lines beside others.
 */
export const COMBINED_TRACKS = TRACKS.filter(
  (track): track is CombinedTrack => TRACK[track].bit !== 0 && !('partOf' in TRACK[track]),
);
