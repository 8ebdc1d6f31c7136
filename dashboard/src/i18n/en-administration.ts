import { enUserImport } from './en-user-import.ts';
import { enUsers } from './en-users.ts';

/** The words of pages that administrators alone see, fetched with the first of them. */
export const enAdministration = { ...enUsers, ...enUserImport };
