import { Exposures } from './exposure.ts';
import { tableOf } from './gate.fixture.ts';
import type { Holding } from './holdings.ts';

/** Of custom and offline, so that nothing else has the pair as its remainder. */
const BESIDE = 20;
const BRAND_AND = { distribution: 9, custom: 12, offline: 24 } as const;

/** Sellers of these values, each with a buyer of their own. */
const ofOwners = (combination: number, sizes: readonly number[]): Holding[] =>
  sizes.flatMap((value, no) =>
    (['seller', 'buyer'] as const).map((side) => ({
      ...{ belt: 'b', combination, side, owner: `${combination}/${no}` },
      values: [value, value, value, value],
    })),
  );

/**
 * Factory brand with each of three other tracks. What is withheld of distribution is one combination, which is withheld of factory brand as
 * well, beside two others: of these two no total is shown, and they follow all the same.
 */
test('what lies between two remainders follows from both', () => {
  const table = tableOf({
    belts: [{ id: 'b', city: 'c', province: 'p', category: 'g' }],
    holdings: [
      ...ofOwners(64, [30, 28, 26, 24, 22, 20]),
      ...ofOwners(8, [30, 28, 26, 24, 22, 20]),
      ...ofOwners(1, [30, 28, 26, 24, 22, 20]),
      ...ofOwners(4, [30, 28, 26, 24, 22, 20]),
      ...ofOwners(16, [30, 28, 26, 24, 22, 20]),
      ...ofOwners(BRAND_AND.distribution, [30, 28, 26, 24, 22, 20]),
      ...ofOwners(BESIDE, [30, 28, 26, 24, 22, 20]),
      // Neither owner has anything in the other cell, so that no other rule joins the two.
      ...ofOwners(BRAND_AND.custom, [100, 2, 2, 2, 2]),
      ...ofOwners(BRAND_AND.offline, [100, 2, 2, 2]),
    ],
  });
  const cellOf = (combination: number): number =>
    table.cells.find(({ names }) =>
      names.some(({ level, by, key }) => level === 'belt' && by === 'combination' && key === combination),
    )?.no ?? -1;
  const withheld = Object.values(BRAND_AND).map(cellOf);
  const hidden = [...withheld, cellOf(BESIDE)];
  const isShown = Uint8Array.from(table.cells, ({ no, isHidden }) =>
    isHidden || hidden.includes(no) ? 0 : 1,
  );
  const pair = [cellOf(BRAND_AND.custom), cellOf(BRAND_AND.offline)].sort((a, b) => a - b).join();
  const found = new Exposures(table).all(isShown);
  expect(found.map(({ key }) => key)).toContain(pair);
  // And with the third it is safe: nothing but the difference gives it away.
  expect(found.map(({ key }) => key)).not.toContain([...withheld].sort((a, b) => a - b).join());
});

describe('what an exposure’s owners know wholly may rise in a way for it', () => {
  type Sold = readonly [combination: number, seller: string, buyer: string, value: number, orders: number];
  const [PAIR, OF_FIRST, OF_SECOND] = [5, 9, 17];
  const held = (sold: readonly Sold[]): Holding[] =>
    sold.flatMap(([combination, seller, buyer, value, orders]) =>
      (['seller', 'buyer'] as const).map((side) => ({
        ...{ belt: 'b', combination, side, owner: side === 'seller' ? seller : buyer },
        values: [value, orders, orders, orders],
      })),
    );
  const beside = (['a', 'b', 'c', 'd', 'e', 'f'] as const).map((one): Sold => [
    64,
    `S${one}`,
    `B${one}`,
    30,
    3,
  ]);
  /** By the side that asks, a measure each, which combinations may rise where that of both is exposed. */
  const mayRise = (sold: readonly Sold[]) => {
    const table = tableOf({
      belts: [{ id: 'b', city: 'c', province: 'p', category: 'g' }],
      holdings: held([...beside, ...sold]),
    });
    const cellOf = (combination: number) =>
      table.cells.find(({ names }) =>
        names.some(({ level, by, key }) => level === 'belt' && by === 'combination' && key === combination),
      )?.no ?? -1;
    const isShown = Uint8Array.from(table.cells, () => 0);
    const [pair, first, second] = [PAIR, OF_FIRST, OF_SECOND].map(cellOf);
    const found = new Exposures(table).all(isShown).filter(({ cells }) => cells.join() === String(pair));
    return found.map(({ key, own }) => ({
      of: key.split(' ')[1] ?? 'both',
      own: own.map((of) => [
        ...(of.includes(first ?? -1) ? ['first'] : []),
        ...(of.includes(second ?? -1) ? ['second'] : []),
      ]),
    }));
  };

  test('by the measure that is asked about: the largest by orders attacks the largest by value', () => {
    const asked = mayRise([
      [PAIR, 'S1', 'B1', 500, 1],
      [PAIR, 'S2', 'B2', 200, 5],
      [OF_FIRST, 'S1', 'B1', 40, 4],
      [OF_SECOND, 'S2', 'B2', 40, 4],
    ]);
    expect(asked).toEqual([{ of: 'both', own: [['first'], ['second'], ['second'], ['second']] }]);
  });

  test('by the side that is asked about: what a buyer knows, a seller who is alone in it knows too', () => {
    const asked = mayRise([
      [PAIR, 'S1', 'B1', 300, 3],
      [PAIR, 'S1', 'B2', 300, 3],
      [PAIR, 'S2', 'B3', 400, 4],
      [OF_FIRST, 'S1', 'B2', 40, 4],
      [OF_SECOND, 'S2', 'B3', 40, 4],
    ]);
    const four = (one: string[]) => [one, one, one, one];
    expect(asked).toEqual([
      { of: 'sellers', own: four(['first']) },
      { of: 'buyers', own: four(['second']) },
    ]);
  });
});
