import { fetchAnew, goTo, lostPage, pageArrived } from './gone-chunk.ts';

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
  expect(tab.left).toEqual([]);
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
