/** XML piece by piece: names without their prefix, and no document type, entity or comment, which no program writes into a workbook. */
import { SaxesParser, type SaxesTagPlain } from 'saxes';

export interface XmlHandlers {
  readonly open?: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly text?: (text: string) => void;
  readonly close?: (name: string) => void;
}

/** Feeds pieces to the handlers; once after each piece it gives way, so that what was made of it can be passed on. @throws Error where it is no such XML. */
export async function* parseXml(
  pieces: AsyncGenerator<string>,
  { open, text, close }: XmlHandlers,
): AsyncGenerator<void> {
  const parser = new SaxesParser({ xmlns: false, position: false });
  let wrong: Error | null = null;
  parser.on('error', (error) => (wrong ??= error));
  if (open)
    parser.on('opentag', (tag: SaxesTagPlain) =>
      open(bare(tag.name), tag.attributes as Record<string, string>),
    );
  if (text) parser.on('text', text);
  if (close) parser.on('closetag', (tag) => close(bare(tag.name)));
  let last = '';
  for await (const piece of pieces) {
    if (`${last}${piece}`.includes('<!'))
      throw new Error('it holds a document type, a comment or a section of raw text');
    last = piece.slice(-1);
    parser.write(piece);
    if (wrong !== null) throw wrong as Error;
    yield;
  }
  parser.close();
  if (wrong !== null) throw wrong as Error;
  yield;
}

const bare = (name: string): string => name.slice(name.indexOf(':') + 1);
