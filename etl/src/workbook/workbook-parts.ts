/** What a workbook says of its sheets, the texts that cells share, and the formats of numbers. */
import { FileFault } from '../files/index.ts';
import { type CellKind, kindOfFormat, plainText } from './cell-text.ts';
import { damaged, LIMITS, type Workbook } from './open-workbook.ts';
import { parseXml, type XmlHandlers } from './xml-events.ts';

/** Reads a part whole. @returns false where there is none. */
async function readPart(
  path: string,
  workbook: Workbook,
  name: string,
  limit: number,
  handlers: XmlHandlers,
): Promise<boolean> {
  const pieces = workbook.part(name, limit);
  if (pieces === null) return false;
  try {
    for await (const _ of parseXml(pieces, handlers));
  } catch (error) {
    throw error instanceof FileFault ? error : damaged(path, error);
  }
  return true;
}

export interface FoundSheet {
  readonly name: string;
  /** The part of its rows. */
  readonly part: string;
  readonly from1904: boolean;
}

/** The sheet of a name, or the first one that is not hidden. @throws FileFault that lists those that there are. */
export async function findSheet(
  path: string,
  workbook: Workbook,
  wanted: string | undefined,
): Promise<FoundSheet> {
  const sheets: { name: string; relation: string; isHidden: boolean }[] = [];
  let from1904 = false;
  const isWorkbook = await readPart(path, workbook, 'xl/workbook.xml', LIMITS.part, {
    open: (name, attributes) => {
      if (name === 'workbookPr') from1904 = /^(1|true|on)$/.test(attributes['date1904'] ?? '');
      if (name !== 'sheet') return;
      const relation = Object.entries(attributes).find(([key]) => /(^|:)id$/.test(key))?.[1] ?? '';
      sheets.push({
        name: attributes['name'] ?? '',
        relation,
        isHidden: /hidden/i.test(attributes['state'] ?? ''),
      });
    },
  });
  if (!isWorkbook) throw damaged(path, new Error('it has no part xl/workbook.xml'));
  const sheet =
    wanted === undefined
      ? (sheets.find(({ isHidden }) => !isHidden) ?? sheets[0])
      : sheets.find(({ name }) => name === wanted);
  if (sheet === undefined) {
    const names = sheets.map(({ name }) => `“${name}”`).join(', ');
    throw new FileFault(
      'header',
      path,
      null,
      `the workbook has no sheet “${wanted ?? ''}”; its sheets are ${names || 'none'}. Rename it, or change "sheet" in source.yaml.`,
    );
  }
  let part: string | null = null;
  await readPart(path, workbook, 'xl/_rels/workbook.xml.rels', LIMITS.part, {
    open: (name, { Id, Target = '', Type = '' }) => {
      if (name === 'Relationship' && Id === sheet.relation && /\/worksheet$/.test(Type))
        part = targetOf(Target);
    },
  });
  if (part === null) throw damaged(path, new Error(`the sheet “${sheet.name}” holds no cells`));
  return { name: sheet.name, part, from1904 };
}

const targetOf = (target: string): string =>
  target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`;

/** The texts that cells share, in their order. Signs of how a text is spoken are left out. */
export async function readSharedTexts(path: string, workbook: Workbook): Promise<readonly string[]> {
  const texts: string[] = [];
  let text = '';
  let isText = false;
  let spoken = 0;
  await readPart(path, workbook, 'xl/sharedStrings.xml', LIMITS.texts, {
    open: (name) => {
      if (name === 'si') text = '';
      else if (name === 'rPh') spoken++;
      else if (name === 't') isText = spoken === 0;
    },
    text: (piece) => {
      if (isText) text += piece;
    },
    close: (name) => {
      if (name === 't') isText = false;
      else if (name === 'rPh') spoken--;
      else if (name === 'si') texts.push(plainText(text));
    },
  });
  return texts;
}

/** What the formats of cells make of numbers, by the number of a cell's style. */
export async function readCellKinds(path: string, workbook: Workbook): Promise<readonly CellKind[]> {
  const codes = new Map<number, string>();
  const kinds: CellKind[] = [];
  let isCell = false;
  await readPart(path, workbook, 'xl/styles.xml', LIMITS.part, {
    open: (name, attributes) => {
      if (name === 'numFmt') codes.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
      if (name === 'cellXfs') isCell = true;
      if (name !== 'xf' || !isCell) return;
      const id = Number(attributes['numFmtId'] ?? 0);
      kinds.push(kindOfFormat(id, codes.get(id)));
    },
    close: (name) => {
      if (name === 'cellXfs') isCell = false;
    },
  });
  return kinds;
}
