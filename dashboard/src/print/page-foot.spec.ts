import { pageFoot } from './page-foot.ts';

it('repeats its lines on every sheet', () => {
  expect(pageFoot(['https://example.org/belts/B001?from=2024-01', '数据版本 7'])).toContain(
    `content: "https://example.org/belts/B001?from=2024-01" '\\a ' "数据版本 7";`,
  );
});

it('lets no text out of its string', () => {
  const css = pageFoot(['a"; } } body { display: none } \\ \n </style>']);
  expect(css).toContain('"a\\22 ; } } body { display: none } \\5c  \\a  \\3c /style>"');
});

it('has room for two lines of an address, by whole characters', () => {
  const content = /content: "([^"]*)"/.exec(pageFoot(['𠮷'.repeat(300)]))?.[1] ?? '';
  expect([...content]).toHaveLength(220);
  expect(content.endsWith('𠮷…')).toBe(true);
});
