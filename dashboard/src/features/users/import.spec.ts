import { IMPORT_COLUMNS, type ImportPlan, LARGEST_IMPORT_BYTES, MOST_IMPORT_LINES } from '@beltline/contract';
import { base64Of } from '../../format/base64-of.ts';
import { COLUMNS, countOf, LARGEST_BYTES, linksFile, MOST_LINES, templateOf } from './import-form.ts';

it('knows the limits and the columns of the contract', () => {
  expect([MOST_LINES, LARGEST_BYTES]).toEqual([MOST_IMPORT_LINES, LARGEST_IMPORT_BYTES]);
  expect([...COLUMNS].sort()).toEqual([...IMPORT_COLUMNS].sort());
});

it('the template is a file that a spreadsheet reads', () => {
  expect(templateOf()).toBe('\uFEFFname,action,roles,sources,regions,owners,disabled\r\n');
});

it('every byte of a file is carried, and of one that is too large one too many', async () => {
  const bytes = Uint8Array.from({ length: 20_000 }, (_, index) => index % 256);
  expect(
    Buffer.from(await base64Of(new Blob([bytes]), LARGEST_BYTES), 'base64').equals(Buffer.from(bytes)),
  ).toBe(true);
  const large = await base64Of(new Blob([new Uint8Array(LARGEST_BYTES + 999)]), LARGEST_BYTES);
  expect(Buffer.from(large, 'base64')).toHaveLength(LARGEST_BYTES + 1);
});

it('lines are counted once, whatever is at fault with them', () => {
  const refusal = { column: null, reason: 'cells', value: null } as const;
  const plan: ImportPlan = {
    ...{ encoding: 'utf-8', users: [], etag: null },
    refused: [
      { ...refusal, line: 2 },
      { ...refusal, line: 2 },
      { ...refusal, line: 5 },
    ],
  };
  expect(countOf(plan)).toEqual({ add: 0, change: 0, same: 0, refused: 2 });
});

it('links are a file in which a name is no formula', () => {
  const link = { token: 'abc', endsAt: '2026-01-01T00:00:00.000Z' };
  expect(linksFile([{ id: 'x', name: '=1+1', link }], 'https://belts.example').split('\r\n')[1]).toBe(
    "'=1+1,https://belts.example/welcome#abc,2026-01-01T00:00:00.000Z",
  );
});
