import { translatorOf } from './language.fixture.ts';
import { inCalendar } from './plain-calendar.ts';

it('speaks of lunar days and the festival only where the country keeps it', async () => {
  for (const locale of ['zh-CN', 'en'] as const) {
    const t = await translatorOf(locale);
    const [festive, plain] = [inCalendar(t, () => true), inCalendar(t, () => false)];
    for (const key of [
      'recovery.threeMonths',
      'recovery.lunarGrowth',
      'states.growth',
      'clock.intro',
    ] as const) {
      expect(festive(key)).toBe(t(key));
      expect(festive(key)).toMatch(/lunar|农历/i);
      expect(plain(key)).not.toMatch(/lunar|农历|春节/i);
    }
    expect(plain('festival.none')).toMatch(/does not keep the Spring Festival|不过春节/);
    expect(plain('recovery.level')).toBe(t('recovery.level'));
  }
});
