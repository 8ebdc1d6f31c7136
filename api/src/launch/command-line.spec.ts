import { runProduct } from './command-line.ts';

/** What a command line starts, says and ends by. */
async function run(args: readonly string[], environment: NodeJS.ProcessEnv = {}, fault?: Error) {
  let [said, complained, started] = ['', '', false];
  const code = await runProduct(args, {
    environment,
    serve: async () => {
      started = true;
      if (fault) throw fault;
    },
    print: (text) => void (said += text),
    complain: (text) => void (complained += text),
  });
  return { code, said, complained, started };
}

it('starts where nothing is said', async () => {
  expect(await run([])).toEqual({ code: null, said: '', complained: '', started: true });
});

it.each(['--help', '-h'])('says what it is, and starts nothing: %s', async (option) => {
  const { code, said, complained, started } = await run([option], {
    PORT: 'abc',
    BELTLINE_DATA: '/srv/orders',
    BELTLINE_SUMS_MB: '-1',
  });
  expect([code, complained, started]).toEqual([null, '', false]);
  expect(said).toContain('npm start -- [--help]');
  expect(said).toContain('here: abc, 127.0.0.1');
  expect(said).toContain('here: /srv/orders');
  for (const name of ['BELTLINE_TIME_ZONE', 'BELTLINE_MERCHANTS_MB', 'CLICKHOUSE_URL', 'npm run etl'])
    expect(said).toContain(name);
  expect(Math.max(...said.split('\n').map((line) => line.length))).toBeLessThan(125);
});

it.each([[['--port', '5000']], [['--port=5000']], [['-x']], [['5000']], [['help']]])(
  'starts nothing where an argument is not known: %j',
  async (args) => {
    const { code, said, complained, started } = await run(args);
    expect([code, said, started]).toEqual([2, '', false]);
    expect(complained).toMatch(/^error: (unknown option|too many arguments)/);
    expect(complained).toContain('npm start -- --help');
  },
);

it('ends with 1 and the words of what hindered it', async () => {
  const { code, complained } = await run([], {}, new Error('Port 1 is taken.'));
  expect([code, complained]).toEqual([1, 'Port 1 is taken.\n']);
});
