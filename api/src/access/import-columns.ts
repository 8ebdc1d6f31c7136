/** What a file of users may be written with: columns and words in English and in Chinese. */
import { type ImportColumn, ROLES, type Role } from '@beltline/contract';

const COLUMN_WORDS: Readonly<Record<ImportColumn, readonly string[]>> = {
  action: ['操作'],
  name: ['用户名', '姓名'],
  roles: ['role', '角色'],
  sources: ['source', '来源'],
  regions: ['region', '地区'],
  owners: ['owner', '商家主体'],
  disabled: ['停用'],
};
const COLUMNS = new Map(
  Object.entries(COLUMN_WORDS).flatMap(([column, words]) =>
    [column, ...words].map((word) => [word, column as ImportColumn] as const),
  ),
);

/** Which column a head names; undefined: none. */
export const columnOf = (head: string): ImportColumn | undefined => COLUMNS.get(head.trim().toLowerCase());

/** As the dashboard calls them. */
const ROLE_WORDS: Readonly<Record<Role, string>> = {
  strategist: '平台策略师',
  official: '地方官员',
  merchant: '商家',
  engineer: '数据工程师',
  administrator: '管理员',
};

export const roleOf = (word: string): Role | undefined =>
  ROLES.find((role) => role === word.toLowerCase() || ROLE_WORDS[role] === word);

export const actionOf = (word: string): 'add' | 'change' | undefined => {
  if (['', 'add', '添加'].includes(word.toLowerCase())) return 'add';
  return ['change', '修改'].includes(word.toLowerCase()) ? 'change' : undefined;
};

/** Null: the cell says nothing. */
export const isDisabledBy = (word: string): boolean | null | undefined => {
  if (word === '') return null;
  if (['yes', '是'].includes(word.toLowerCase())) return true;
  return ['no', '否'].includes(word.toLowerCase()) ? false : undefined;
};

/** What is not to be given any more, where an empty cell leaves it as it is. */
export const NOTHING = '-';

/** Several values of one cell: `;`, also the wide one of Chinese keyboards. */
export const listOf = (cell: string): string[] =>
  cell
    .split(/[;；]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
