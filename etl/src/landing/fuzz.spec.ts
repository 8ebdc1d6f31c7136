import { landFile, createLandingTables, fingerprintFile } from './index.ts';
import { LandingBench, tableOf } from './spec-kit.ts';
import { readReference } from './reference-csv.ts';

const bench = new LandingBench();
beforeAll(() => bench.open());
afterAll(() => bench.close());
let seed = Number(process.env['SEED'] ?? 1);
const rnd = () => { seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0; return seed / 2 ** 32; };
const pick = <T,>(xs: readonly T[]): T => xs[Math.floor(rnd() * xs.length)] as T;
test('fuzz', async () => {
  void createLandingTables;
  const N = Number(process.env['N'] ?? 50);
  const alphabets = [
    ['a', ',', '"', '\n'], ['a', ',', '"', '"', '\n', ',"', '",'], ['a', ',', '\n', '"x"', '","', '\r\n', '\r', '中', '😀', '\x01', '\x02'],
    ['b,"\n', 'a,b\n', '"', '",c\n', 'x",y\n', '""', ',', '\n'], ['x,",",y","w\n', '"a\n', 'b"\n', 'a,b,c\n', ',', '"', '\0', '\n'],
  ];
  for (const delimiter of [',', '|']) for (const columns of [1, 2, 3, 4]) {
    const names = ['a', 'b', 'c', 'd'].slice(0, columns);
    const table = tableOf(names, { delimiter });
    await bench.withDatabase([table], async (client) => {
      for (let n = 1; n <= N; n++) {
        const alphabet = pick(alphabets); const len = 1 + Math.floor(rnd() * (rnd() < 0.5 ? 1500 : 100));
        let body = ''; for (let i = 0; i < len; i++) body += pick(alphabet);
        body = body.replaceAll(',', delimiter);
        for (const end of ['"\n', '"a', '\n"', '\n"']) if (rnd() < 0.9 && readReference(body, columns, delimiter).openQuote) body += end.replaceAll(',', delimiter);
        const path = bench.write('f.csv', names.join(delimiter) + '\n' + body);
        const want = readReference(body, columns, delimiter);
        let got: unknown; 
        try {
          const r = await landFile({ client, database: (await (await client.query({query:'select currentDatabase() d', format:'JSONEachRow'})).json<{d:string}>())[0]!.d, fileNo: n, table, path, expected: await fingerprintFile(path) });
          const recs = await (await client.query({ query: `SELECT _line, [${names.join(',')}] AS fields FROM orders WHERE _file_no = ${n} ORDER BY _line`, format: 'JSONEachRow' })).json<{_line: string; fields: string[]}>();
          const faults = await (await client.query({ query: `SELECT line, rule, value FROM landing_faults WHERE file_no = ${n} ORDER BY line`, format: 'JSONEachRow' })).json<{line: string; rule: string; value: string}>();
          got = { records: recs.map(x => ({ line: Number(x._line), fields: x.fields })), faults: faults.map(x => ({ ...x, line: Number(x.line) })), openQuote: null };
          if (r.rows !== recs.length || r.malformed !== faults.length) throw new Error('counts ' + JSON.stringify(r));
        } catch (e) { const f = e as { rule?: string; line?: number }; if (f.rule !== 'open-quote') { console.log(JSON.stringify(body)); throw e; } got = { openQuote: f.line }; }
        const w = want.openQuote ? { openQuote: want.openQuote } : want;
        try { expect(got).toEqual(w); } catch (e) { console.log(columns, delimiter, JSON.stringify(body)); throw e; }
      }
    });
  }
}, 600000);
