import { readFile } from 'node:fs/promises';
import { BELT_TRUTHS, type BeltTruth } from './belt-truth.ts';

/** A belt as the generator sees it: its registry row and its truth. */
export interface DemoBelt {
  readonly id: string;
  /** 义乌, 东莞: the place without its administrative suffix, as it stands in company names. */
  readonly place: string;
  /** One or two categories, from the registry's `a/b`. */
  readonly categories: readonly string[];
  readonly truth: BeltTruth;
}

export interface BeltRegistry {
  /** The file as it is; the demo's `belts.csv` is an exact copy. */
  readonly bytes: Buffer;
  readonly belts: readonly DemoBelt[];
}

// The same relative place from src/demo and from dist/demo.
const REGISTRY = new URL('../../sources/demo/belts.csv', import.meta.url);

/**
 * Reads the belt registry that the demo source ships with.
 *
 * Throws if the registry and the table of truths do not name the same belts, because every calibrated share would
 * then be off, or if a field is quoted: the registry is a fixed file that needs no CSV parser.
 */
export async function readRegistry(): Promise<BeltRegistry> {
  const bytes = await readFile(REGISTRY);
  const [header, ...lines] = bytes.toString('utf8').trimEnd().split('\n');
  const columns = header!.split(',');
  const truths = new Map(BELT_TRUTHS.map((truth) => [truth.id, truth]));
  const belts = lines.map((line): DemoBelt => {
    const fields = line.split(',');
    if (fields.length !== columns.length || line.includes('"'))
      throw new Error(`belts.csv: cannot read "${line}"`);
    const field = (name: string): string => fields[columns.indexOf(name)] ?? '';
    const truth = truths.get(field('belt_id'));
    if (!truth) throw new Error(`belts.csv: ${field('belt_id')} has no row in the table of belt truths`);
    return {
      id: truth.id,
      place: (field('county') || field('city')).replace(/[市县区]$/u, ''),
      categories: field('category_zh').split('/'),
      truth,
    };
  });
  if (belts.length !== truths.size)
    throw new Error(`belts.csv has ${belts.length} belts, expected ${truths.size}`);
  return { bytes, belts };
}
