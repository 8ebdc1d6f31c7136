/** Into what tracks are divided, and who held what of each part. */
import { partBit } from './gated-parts.ts';
import { namedOf, partDifference, partPieceOf } from './part-holdings.ts';

describe('who held what', () => {
  const row = {
    ...{ belt_id: 'a', combination: 3, channel: 0, country: 1, side: 'seller' as const },
    ...{ owners: ['x', 'y'], gmv: [500, 300] },
  };
  const bought = { ...row, side: 'buyer' as const, owners: ['u'], gmv: [800] };

  test('of a line of both tracks both parts stand in its combination', () => {
    expect(partPieceOf(row)).toEqual({
      ...{ of: 'parts', belt: 'a', side: 'seller', owners: ['x', 'y'], values: [[500, 300]] },
      combination: 3 | partBit('channels', 0) | partBit('countries', 1),
    });
    expect(partPieceOf({ ...row, combination: 1, country: -1 }).combination).toBe(1 | partBit('channels', 0));
  });

  test('named are the largest of the nation; what has no name is among the others', () => {
    const size = (partition: 'channels' | 'countries', part: string, gmv: number) => ({
      partition,
      part,
      gmv,
    });
    const sizes = [
      ...['', 'taobao', 'douyin', 'jd'].map((part, no) => size('channels', part, 9 - no)),
      ...['US', 'VN'].map((part, no) => size('countries', part, 5 - no)),
    ];
    expect(namedOf(sizes, 2)).toEqual({
      channels: { named: ['taobao', 'douyin'], hasOthers: true },
      countries: { named: ['US', 'VN'], hasOthers: false },
    });
  });

  test('what does not come to what is published is found', () => {
    type Totals = Parameters<typeof partDifference>[1];
    const total = {
      belt_id: 'a',
      combination: 3,
      gmv: 800,
      pieces: 1,
      orders: 1,
      refund: 0,
      is_of_version: 1,
    };
    // What is in no divided track has no parts.
    const totals = [total, { ...total, combination: 64 }] as unknown as Totals;
    expect(partDifference([row, bought], totals)).toBeNull();
    expect(partDifference([row, { ...bought, gmv: [799] }], totals)).toMatch(/for buyers is not/);
    expect(partDifference([bought], totals)).toMatch(/for sellers is not/);
    expect(partDifference([], totals)).toMatch(/not what is published/);
    expect(partDifference([{ ...row, country: -1 }, bought], totals)).toMatch(/another track/);
    const other = { ...row, combination: 64, channel: -1, country: -1 };
    expect(partDifference([row, bought, other], totals)).toMatch(/not what is published/);
  });
});
