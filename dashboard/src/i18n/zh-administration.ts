import { zhUserImport } from './zh-user-import.ts';
import { zhUsers } from './zh-users.ts';

/** The words of pages that administrators alone see, fetched with the first of them. */
export const zhAdministration = { ...zhUsers, ...zhUserImport };
