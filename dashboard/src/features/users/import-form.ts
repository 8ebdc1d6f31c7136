import type { ImportDone, ImportPlan } from '@beltline/contract';
import { csvOf } from '../../format/csv.ts';
import { linkOf } from './user-form.ts';

/** As in the contract, whose schemas the page does not carry. */
export const MOST_LINES = 1_000;
export const LARGEST_BYTES = 256 * 1024;

/** In the order of the template; `name` must be there. */
export const COLUMNS = ['name', 'action', 'roles', 'sources', 'regions', 'owners', 'disabled'] as const;

/** A file to begin with, for a spreadsheet. */
export const templateOf = (): string => csvOf([[...COLUMNS]]);

export type Count = Record<ImportPlan['users'][number]['action'] | 'refused', number>;
/** `refused`: of lines, or of the file; one line may be refused for several reasons. */
export function countOf({ users, refused }: ImportPlan): Count {
  const of = (action: string) => users.filter((user) => user.action === action).length;
  return {
    ...{ add: of('add'), change: of('change'), same: of('same') },
    refused: new Set(refused.map(({ line }) => line)).size,
  };
}

/** The links of who was added, to be handed over. */
export const linksFile = (added: ImportDone['added'], origin: string): string =>
  csvOf([
    ['name', 'link', 'good until'],
    ...added.map(({ name, link }) => [name, linkOf(link.token, origin), link.endsAt]),
  ]);
