import { csvOf } from './csv.ts';

const line = (...cells: string[]) => csvOf([cells]).slice(1);

it('quotes what would end a cell, and doubles quotes', () => {
  expect(line('a', 'b, c', 'say "x"', 'two\nlines')).toBe('a,"b, c","say ""x""","two\nlines"\r\n');
});

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '＝1', '\r=1'])('%j is no formula', (text) => {
  expect(line(text)).toMatch(/^"?'/);
});

it('keeps numbers as numbers, also below zero', () => {
  expect(csvOf([[-1.5, 0, '-1.5']]).slice(1)).toBe("-1.5,0,'-1.5\r\n");
});

it('begins with the mark by which Excel knows UTF-8', () => {
  expect(csvOf([['时间']])).toBe('\uFEFF时间\r\n');
});
