/** A report as it is set: texts ready to be printed, in their places. `api/report/region.typ` sets it. */
export interface ReportDocument {
  readonly language: 'zh' | 'en';
  readonly title: string;
  /** What kind of publication it is, above the title. */
  readonly kind: string;
  /** At the head of each further page: for whom it may be. */
  readonly level: string;
  /** At the foot of each page: by what it is found again. */
  readonly foot: string;
  readonly author: string;
  readonly keywords: readonly string[];
  /** Day in UTC. */
  readonly made: { readonly year: number; readonly month: number; readonly day: number };
  /** `page`: with {page} and {pages}. */
  readonly words: { readonly page: string };
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  readonly sections: readonly ReportSection[];
}

export interface ReportSection {
  readonly title: string;
  readonly sentences: readonly string[];
  readonly charts: readonly ReportChart[];
  readonly tables: readonly ReportTable[];
  readonly notes: readonly string[];
}

/** A drawing, the same in every format. `alt`: what it shows, for who does not see it. */
export interface ReportChart {
  readonly caption: string;
  readonly alt: string;
  readonly svg: string;
}

export interface ReportTable {
  readonly caption: string;
  /** Of its text, in points. */
  readonly size: number;
  /** Beside a cell's text, in points. */
  readonly inset: number;
  /** Above and below it; left out: as in reports of many pages. */
  readonly lead?: number;
  readonly columns: readonly {
    readonly name: string;
    readonly isWide: boolean;
    readonly isNumber: boolean;
  }[];
  readonly rows: readonly (readonly ReportCell[])[];
}

/** `isQuiet`: no number, but why there is none. `number`: the one that the text is of, for formats that keep numbers; a rate as a ratio. */
export interface ReportCell {
  readonly text: string;
  readonly isQuiet: boolean;
  readonly number?: { readonly value: number; readonly kind: NumberKind };
}

/** How a number is printed: to the cent, to one decimal, whole, or as a percentage to one decimal, of a change with its sign, of a share without. */
export type NumberKind = 'cents' | 'tenth' | 'whole' | 'rate' | 'share';
