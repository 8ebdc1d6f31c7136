import { BELT_TRUTHS, MARKS, levelOf, programmeYears, rides } from './belt-truth.ts';
import { MONTHS } from './calendar.ts';
import { readRegistry } from './registry.ts';

describe('the truth about belts', () => {
  it('covers the registry and knows every mark', async () => {
    const { belts } = await readRegistry();
    expect(belts.map((belt) => belt.truth)).toEqual(BELT_TRUTHS);
    for (const belt of BELT_TRUTHS) {
      expect(belt.size).toBeGreaterThan(0);
      expect(belt.price).toBeGreaterThan(0);
      expect(belt.leanings).toMatch(/^[DXCBO]*$/);
    }
    for (const mark of MARKS) expect(BELT_TRUTHS.some((belt) => belt.marks.includes(mark))).toBe(true);
    expect(BELT_TRUTHS.filter((belt) => belt.marks.includes('dominated'))).toHaveLength(5);
    expect(BELT_TRUTHS.filter((belt) => belt.path === 'still').length).toBeGreaterThanOrEqual(15);
  });

  it('is level throughout 2021, and for ever where nothing happens', () => {
    for (const belt of BELT_TRUTHS) {
      for (let month = 0; month < (belt.path === 'still' ? MONTHS : 12); month++)
        expect(levelOf(belt, month)).toBeCloseTo(1, 9);
    }
  });

  it('knows the marks that bend a path', () => {
    const marked = (mark: string) => BELT_TRUTHS.find((belt) => belt.marks.includes(mark as never))!;
    const [outlier, shift] = [marked('outlier'), marked('shift')];
    expect(levelOf(outlier, 43) / levelOf(outlier, 42)).toBeGreaterThan(2.4);
    expect(levelOf(outlier, 44) / levelOf(outlier, 42)).toBeLessThan(1.1);
    expect(levelOf(shift, 40) / levelOf(shift, 39)).toBeCloseTo(0.75, 9);
    expect(levelOf(shift, 48) / levelOf(shift, 39)).toBeCloseTo(0.75, 9);
  });

  it('lets the programme begin in 2022 and accelerate, in belts that rise broadly', () => {
    expect(programmeYears(11)).toBe(0);
    expect(programmeYears(23) - programmeYears(11)).toBeLessThan(programmeYears(35) - programmeYears(23));
    expect(programmeYears(35) - programmeYears(23)).toBeLessThan(programmeYears(47) - programmeYears(35));
    const riding = BELT_TRUTHS.filter(rides);
    expect(riding.every(({ marks }) => !marks.includes('few') && !marks.includes('joiners'))).toBe(true);
    expect(riding.length).toBeGreaterThan(20);
    expect(riding.length).toBeLessThan(40);
  });
});
