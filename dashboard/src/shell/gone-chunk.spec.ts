import { fetchAnew, goTo, hasPage, lookAgain, lostPage, pageArrived, partOf } from './gone-chunk.ts';

const gone = new TypeError('Failed to fetch dynamically imported module: /assets/BeltPage-1.js');

function place(answers = true) {
  const kept = new Map<string, string>();
  const left: string[] = [];
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  const server = { is: answers };
  return {
    address: () => '/data',
    storage,
    left,
    server,
    leave: (address: string) => void left.push(address),
    answers: () => Promise.resolve(server.is),
  };
}

it('fetches the wanted address anew, once, and again only after a page has come', async () => {
  const tab = place();
  expect(await fetchAnew(gone, '/belts/ke', tab)).toBe(true);
  expect(await fetchAnew(gone, '/belts/ke', tab)).toBe(false);
  expect(tab.left).toEqual(['/belts/ke']);
  pageArrived(tab);
  expect(await fetchAnew(gone, '/belts/ke', tab)).toBe(true);
});

it('says that a page is lost whose own file does not come though the server answers, and tries again when asked', async () => {
  const tab = place();
  await fetchAnew(gone, '/belts/ke', tab);
  expect(lostPage.value).toBeNull();
  expect(await fetchAnew(gone, '/belts/ke', tab)).toBe(false);
  expect(lostPage.value).toBe('/belts/ke');
  expect(await goTo('/belts/ke', tab)).toBe(true);
  expect(tab.left).toEqual(['/belts/ke', '/belts/ke']);
  pageArrived(tab);
});

it('fetches the page anew for a part of it that is gone, once for each part, whatever has arrived since', async () => {
  const tab = place();
  const fails = (cause: Error) => partOf(() => Promise.reject(cause), tab);
  expect(await partOf(() => Promise.resolve('a part'), tab)).toBe('a part');
  await expect(fails(gone)).rejects.toBe(gone);
  expect([tab.left, lostPage.value]).toEqual([['/data'], null]);
  pageArrived(tab);
  await expect(fails(gone)).rejects.toBe(gone);
  expect([tab.left, lostPage.value]).toEqual([['/data'], '/data']);

  const another = new TypeError('Failed to fetch dynamically imported module: /assets/en-2.js');
  await expect(fails(another)).rejects.toBe(another);
  expect(tab.left).toEqual(['/data', '/data']);
  const fault = new Error('a fault of the part');
  await expect(fails(fault)).rejects.toBe(fault);
  expect(tab.left).toEqual(['/data', '/data']);
  pageArrived(tab);
});

it.each([
  ['is cut off', 'Unexpected end of input'],
  ['is of another version', "The requested module './format-1.js' does not provide an export named 'a'"],
])('fetches the page anew where its file %s: a click would do nothing', async (_, message) => {
  const tab = place();
  expect(await fetchAnew(new SyntaxError(message), '/clock', tab)).toBe(true);
  expect(await fetchAnew(new SyntaxError(message), '/clock', tab)).toBe(false);
  expect([tab.left, lostPage.value]).toEqual([['/clock'], '/clock']);
  pageArrived(tab);
});

it('leaves other errors alone', async () => {
  const tab = place();
  expect(await fetchAnew(new Error('a fault of the page'), '/', tab)).toBe(false);
  expect([tab.left, lostPage.value]).toEqual([[], null]);
});

it('does not reload where nothing can be kept, which could not be told from a loop', async () => {
  const tab = place();
  const refuse = () => {
    throw new DOMException('denied', 'SecurityError');
  };
  expect(await fetchAnew(gone, '/', { ...tab, storage: { ...tab.storage, getItem: refuse } })).toBe(false);
  expect([tab.left, lostPage.value]).toEqual([[], '/']);
  pageArrived(tab);
});

it('stays where nobody answers, says which page is lost, and goes there once somebody does', async () => {
  const tab = place(false);
  expect(await fetchAnew(gone, '/clock', tab)).toBe(false);
  expect(await goTo('/clock', tab)).toBe(false);
  expect([tab.left, lostPage.value]).toEqual([[], '/clock']);
  tab.server.is = true;
  expect(await goTo('/clock', tab)).toBe(true);
  expect(tab.left).toEqual(['/clock']);
  pageArrived(tab);
  expect(lostPage.value).toBeNull();
});

it('no longer says that the server is away once it answers again, but does of a page that is broken', async () => {
  const tab = place(false);
  await fetchAnew(gone, '/clock', tab);
  await lookAgain(tab);
  expect(lostPage.value).toBe('/clock');
  tab.server.is = true;
  await lookAgain(tab);
  expect([lostPage.value, tab.left]).toEqual([null, []]);

  await fetchAnew(gone, '/clock', tab);
  await fetchAnew(gone, '/clock', tab);
  await lookAgain(tab);
  expect(lostPage.value).toBe('/clock');
  pageArrived(tab);
});

it('takes a page for there only with the program that it names', async () => {
  const server = (files: Record<string, string>) => (address: string | URL | Request) => {
    const body = files[String(address)];
    return Promise.resolve(new Response(body ?? 'gone', { status: body === undefined ? 502 : 200 }));
  };
  const index = '<script type="module" crossorigin src="/assets/index-2.js"></script>';
  expect(await hasPage('/clock', server({ '/clock': index, '/assets/index-2.js': '1' }))).toBe(true);
  expect(await hasPage('/clock', server({ '/clock': index }))).toBe(false);
  expect(await hasPage('/clock', server({}))).toBe(false);
  expect(await hasPage('/clock', () => Promise.reject(new TypeError('offline')))).toBe(false);
});

it('works where the browser keeps nothing, and already to ask for what is kept fails', async () => {
  const browser = {
    get sessionStorage(): Storage {
      throw new DOMException('Access is denied for this document.', 'SecurityError');
    },
  };
  vi.stubGlobal('window', browser);
  expect(await partOf(() => Promise.resolve('a language'))).toBe('a language');
  expect(() => pageArrived()).not.toThrow();
});
