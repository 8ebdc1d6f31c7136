import { fetchAnew, pageArrived } from './gone-chunk.ts';

const gone = new TypeError('Failed to fetch dynamically imported module: /assets/BeltPage-1.js');

function place() {
  const kept = new Map<string, string>();
  const left: string[] = [];
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  return { storage, left, leave: (address: string) => void left.push(address) };
}

it('fetches the wanted address anew, once, and again only after a page has come', () => {
  const tab = place();
  expect([fetchAnew(gone, '/belts/ke', tab), fetchAnew(gone, '/belts/ke', tab)]).toEqual([true, false]);
  expect(tab.left).toEqual(['/belts/ke']);
  pageArrived(tab);
  expect(fetchAnew(gone, '/belts/ke', tab)).toBe(true);
});

it('leaves other errors alone', () => {
  const tab = place();
  expect(fetchAnew(new Error('a fault of the page'), '/', tab)).toBe(false);
  expect(tab.left).toEqual([]);
});

it('does not reload where nothing can be kept, which could not be told from a loop', () => {
  const tab = place();
  const refuse = () => {
    throw new DOMException('denied', 'SecurityError');
  };
  expect(fetchAnew(gone, '/', { ...tab, storage: { ...tab.storage, getItem: refuse } })).toBe(false);
  expect(tab.left).toEqual([]);
});
