/** The feed of reports as a reader of feeds takes it: well formed whatever names hold, with what RFC 4287 asks of a feed and of each entry. */
import { feedOf } from '@beltline/api/reports/publications/report-feed.js';
import { archiveOf } from '@beltline/api/reports/publications/report-archive.js';
import type { Publication } from '@beltline/contract';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';

interface Link {
  readonly rel: string;
  readonly type: string;
  readonly href: string;
  readonly hreflang?: string;
}
interface Entry {
  readonly id: string;
  readonly title: string;
  readonly updated: string;
  readonly published: string;
  readonly summary: string;
  readonly link: readonly Link[];
  readonly category: { readonly term: string };
}
interface Feed {
  readonly id: string;
  readonly title: string;
  readonly updated: string;
  readonly author: { readonly name: string };
  readonly link: readonly Link[];
  readonly entry?: readonly Entry[];
}
const parser = new XMLParser({
  ...{ ignoreAttributes: false, attributeNamePrefix: '', parseTagValue: false, trimValues: false },
  isArray: (name) => name === 'entry' || name === 'link',
});
const ORIGIN = 'https://beltline.example';
const feed = (publications: readonly Publication[], owner = 'u', language: 'zh' | 'en' = 'en'): Feed => {
  const written = feedOf(publications, { language, origin: ORIGIN, owner });
  expect(XMLValidator.validate(written)).toBe(true);
  return (parser.parse(written) as { feed: Feed }).feed;
};

const publications = fc
  .array(
    fc.record({
      id: fc.uuid(),
      kind: fc.constantFrom('nation', 'province', 'city', 'belt'),
      name: fc.string({ unit: 'binary', minLength: 1 }),
      reason: fc.option(fc.string({ unit: 'grapheme', minLength: 1 })),
      at: fc.date({ min: new Date('2025-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
      isReleased: fc.boolean(),
    }),
    { maxLength: 6 },
  )
  .map((all) =>
    all.map(({ id, kind, name, reason, at, isReleased }, index): Publication => ({
      ...{
        id,
        number: isReleased ? `BL-2026-${String(index + 1).padStart(4, '0')}` : null,
        state: 'released',
      },
      ...{
        source: 's',
        sourceName: { zh: name, en: name },
        month: '2025-01',
        region: { kind, id: name, name: { zh: name, en: name } },
      },
      ...{
        digest: 'd',
        dataVersion: 1,
        preparedAt: at.toISOString(),
        releasedAt: isReleased ? at.toISOString() : null,
      },
      ...{ revises: null, supersededBy: null, reason, monthsSince: [], leaversSince: false, etag: 'e' },
      changes: { moved: 0, appeared: 0, gone: 0, other: 0 },
    })),
  );

test('a feed is well formed whatever names hold, and has what each must have, once', () => {
  fc.assert(
    fc.property(publications, (all) => {
      const { id, title, updated, author, link, entry = [] } = feed(all);
      expect(id).toMatch(/^urn:uuid:[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
      expect([title, author.name].every((text) => text.length > 0)).toBe(true);
      expect(link.map(({ rel }) => rel)).toEqual(['self', 'alternate']);
      const released = all.filter(({ number }) => number !== null);
      expect(entry.map((one) => one.id)).toEqual(released.map((one) => `urn:uuid:${one.id}`));
      const instants = entry.map((one) => one.updated);
      expect(updated).toBe([...instants].sort().at(-1) ?? '1970-01-01T00:00:00.000Z');
      entry.forEach((one, at) => {
        expect(one.title.length).toBeGreaterThan(0);
        expect(one.updated).toBe(released[at]?.releasedAt);
        expect(one.category.term).toBe(released[at]?.region.kind);
        expect(one.link.map(({ rel, type }) => [rel, type])).toEqual([
          ['alternate', 'text/html'],
          ['enclosure', 'application/pdf'],
        ]);
        for (const { href } of one.link) expect(new URL(href).origin).toBe(ORIGIN);
      });
    }),
  );
});

test('what a name holds is told as it stands, and two readers have two feeds', () => {
  const [one] =
    fc.sample(
      publications.filter((all) => all.length > 0),
      { numRuns: 1, seed: 4 },
    )[0] ?? [];
  if (!one) throw new Error('there is one');
  const hostile = '</title><script>alert("1")</script>]]>&amp;';
  const named = {
    ...one,
    ...{ number: 'BL-2026-0007', releasedAt: '2026-01-02T03:04:05.000Z', supersededBy: 'BL-2026-0009' },
    region: { kind: 'belt' as const, id: 'b', name: { zh: hostile, en: hostile } },
  };
  const [entry] = feed([named]).entry ?? [];
  expect(decoded(entry?.title)).toContain(hostile);
  expect(entry?.summary).toContain('BL-2026-0009');
  expect(feed([], 'one').id).not.toBe(feed([], 'other').id);
  expect(feed([], 'one').id).toBe(feed([named], 'one').id);
});

test('a feed names itself as it was asked for, and what is asked otherwise is another feed', () => {
  const [all, one, english] = (
    [{ language: 'zh' }, { language: 'zh', source: 'mine' }, { language: 'en' }] as const
  ).map((asked) => {
    const { feed: read } = parser.parse(feedOf([], { ...asked, origin: ORIGIN, owner: 'u' })) as {
      feed: Feed;
    };
    return { id: read.id, self: read.link.find(({ rel }) => rel === 'self')?.href.replaceAll('&amp;', '&') };
  });
  expect(all?.self).toBe(`${ORIGIN}/api/v1/reports/feed?language=zh`);
  expect(one?.self).toBe(`${ORIGIN}/api/v1/reports/feed?language=zh&source=mine`);
  expect(new Set([all?.id, one?.id, english?.id]).size).toBe(3);
});

/** The parser leaves numeric references as they are. */
const decoded = (text = '') => text.replaceAll('&#39;', "'");

test('an archive has each file as it is, and the same files the same bytes', async () => {
  const files = async function* () {
    yield { name: 'a-zh.pdf', bytes: Buffer.from([1, 2, 3]) };
    await Promise.resolve();
    yield { name: 'a-zh.csv', bytes: Buffer.from('x,'.repeat(5_000)) };
  };
  const at = new Date('2026-01-02T03:04:05Z');
  const [one, other] = [await archiveOf(files(), at), await archiveOf(files(), at)];
  expect(one.equals(other)).toBe(true);
  const unpacked = unzipSync(one);
  expect(Object.keys(unpacked)).toEqual(['a-zh.pdf', 'a-zh.csv']);
  expect([...(unpacked['a-zh.pdf'] ?? [])]).toEqual([1, 2, 3]);
  expect(strFromU8(unpacked['a-zh.csv'] ?? new Uint8Array())).toBe('x,'.repeat(5_000));
  expect(one.length).toBeLessThan(1_000);
});
