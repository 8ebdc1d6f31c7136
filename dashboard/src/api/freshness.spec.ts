import { generation, isCurrent, isOutdated, noteVersions } from './freshness.ts';

const published = (dataVersion: number, publishedAt: string) => ({
  source: 'shop',
  dataVersion,
  publishedAt,
  timeZone: 'Asia/Shanghai',
});
const answer = (dataVersion: number, publishedAt: string) => ({ meta: published(dataVersion, publishedAt) });
const asked = (asOf: string) => `/growth?source=shop&asOf=${asOf}`;

// Late on 2 March in London, already 3 March in Shanghai.
const FIRST = answer(7, '2025-03-02T18:00:00Z');
const SECOND = answer(8, '2025-03-03T02:00:00Z');

it('takes only a day before the last publication for a past that does not change', () => {
  noteVersions('/sources', { sources: [FIRST.meta] });
  const before = generation.value;

  // Something more is published on the day itself: the page follows it from any panel that was asked as of that day, or later.
  expect(isCurrent(asked('2025-03-03'), FIRST)).toBe(true);
  noteVersions(asked('2025-03-03'), SECOND);
  expect(generation.value).toBe(before + 1);
  for (const day of ['2025-03-03', '2025-12-31']) {
    expect(isCurrent(asked(day), FIRST)).toBe(false);
    expect(isOutdated(asked(day), FIRST)).toBe(true);
    expect(isCurrent(asked(day), SECOND)).toBe(true);
  }

  // The day before is over, and says nothing of what is current.
  expect(isCurrent(asked('2025-03-02'), answer(6, '2025-02-01T00:00:00Z'))).toBe(true);
  expect(isOutdated(asked('2025-03-02'), answer(6, '2025-02-01T00:00:00Z'))).toBe(false);

  // With a publication on a later day, the day of the first is over too.
  noteVersions('/growth?source=shop', answer(9, '2025-03-05T02:00:00Z'));
  expect(isCurrent(asked('2025-03-03'), SECOND)).toBe(true);
  expect(isOutdated(asked('2025-03-03'), SECOND)).toBe(false);
});
