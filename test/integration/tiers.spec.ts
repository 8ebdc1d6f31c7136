/** Every spec runs in exactly one of the two tiers, and what a long spec is about has a short case in the quick one. */
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..', '..');
const SOURCES = ['api', 'dashboard', 'etl', 'sql', 'test'];

/** Where the quick tier has a case of what each long spec goes through, from the root. */
const SHORT_CASES: Readonly<Record<string, readonly string[]>> = {
  'api/src/disclosure/random-tables': ['api/src/disclosure/suppress.spec.ts'],
  'api/src/disclosure/seen-by-track': ['api/src/disclosure/suppress.spec.ts'],
  'api/src/platform/bytes-of': ['api/src/platform/cache.spec.ts'],
  'sql/postgres/embedded-store.engine': ['test/integration/api-damaged-notes.spec.ts'],
  'sql/engine/half-requests.engine': ['sql/engine/outsider.engine.spec.ts'],
  'sql/engine/in-the-way.engine': ['sql/engine/embedded.engine.spec.ts'],
  'sql/postgres/whole-tables.engine': ['test/integration/api-damaged-notes.spec.ts'],
  'test/e2e/compare': ['test/e2e/first-look.spec.ts'],
  'test/e2e/belt-table': [
    'dashboard/src/features/belts/table-conditions.spec.ts',
    'test/e2e/first-look.spec.ts',
  ],
  'test/e2e/content-policy': ['test/e2e/first-look.spec.ts', 'test/integration/api-http.spec.ts'],
  'test/e2e/side-by-side': [
    'test/integration/api-differences.spec.ts',
    'dashboard/src/features/compare/compare.spec.ts',
  ],
  'test/e2e/first-page': ['test/e2e/first-look.spec.ts'],
  'test/e2e/drafts-and-links': [
    'dashboard/src/features/annotations/note-drafts.spec.ts',
    'dashboard/src/features/annotations/ask-before-leaving.spec.ts',
    'dashboard/src/shell/unknown-choices.spec.ts',
  ],
  'test/e2e/mail': ['api/src/mail/letters.spec.ts', 'test/e2e/door.spec.ts'],
  'test/e2e/new-data': ['dashboard/src/api/useQuery.spec.ts', 'test/integration/api-sources.spec.ts'],
  'test/e2e/new-data-place': ['dashboard/src/print/when-settled.spec.ts', 'test/e2e/first-look.spec.ts'],
  'test/e2e/not-loaded': ['test/integration/api-not-loaded.spec.ts', 'test/e2e/first-look.spec.ts'],
  'test/e2e/print-and-widths': ['test/e2e/first-look.spec.ts', 'test/e2e/dashboard.spec.ts'],
  'test/e2e/print-looking-back': ['test/e2e/first-look.spec.ts'],
  'test/e2e/recovery': ['test/e2e/first-look.spec.ts'],
  'test/e2e/search-and-notes': ['test/e2e/first-look.spec.ts', 'test/e2e/dashboard.spec.ts'],
  'test/e2e/standing': ['test/integration/api-benchmark.spec.ts', 'test/e2e/door.spec.ts'],
  'test/e2e/start': ['api/src/launch/engine-supervisor.engine.spec.ts', 'test/e2e/dashboard.spec.ts'],
  'test/integration/active-units': ['api/src/data/sums/active-runs.spec.ts'],
  'test/integration/api-benchmark': ['test/integration/api-benchmark.spec.ts'],
  'test/integration/api-benchmark-files': [
    'test/integration/api-benchmark.spec.ts',
    'api/src/reports/files/report-files.spec.ts',
  ],
  'test/integration/api-benchmark-levels': [
    'test/integration/api-benchmark.spec.ts',
    'api/src/benchmark/level-shares.spec.ts',
  ],
  'test/integration/api-benchmark-olist': ['test/integration/api-benchmark.spec.ts'],
  'test/integration/api-damaged-figures': [
    'api/src/data/integrity/integrity.service.spec.ts',
    'test/integration/etl-briefly.spec.ts',
  ],
  'test/integration/disclosure-demo': ['api/src/disclosure/suppress.spec.ts'],
  'test/integration/api-kept-series': [
    'api/src/data/versions/kept-series.engine.spec.ts',
    'api/src/questions/states/version-states.spec.ts',
  ],
  'test/integration/api-track-growth': ['api/src/questions/growth/track-rows.spec.ts'],
  'test/integration/api-late-server': ['test/integration/api-outage.spec.ts'],
  'test/integration/api-mail': ['api/src/mail/send-outcome.spec.ts', 'api/src/mail/letters.spec.ts'],
  'test/integration/api-mail-flow': ['api/src/mail/letters.spec.ts'],
  'test/integration/api-mail-kill': ['test/integration/job-queue.spec.ts'],
  'test/integration/api-mail-links': ['api/src/mail/mail-links.spec.ts'],
  'test/integration/api-month-uncertainty': [
    'api/src/statistics/count-errors.trials.spec.ts',
    'test/integration/api-uncertainty.spec.ts',
  ],
  'test/integration/api-properties': ['test/integration/api-figures.spec.ts'],
  'test/integration/api-recorded': ['test/integration/api-recorded.spec.ts'],
  'test/integration/api-publications-at-once': ['sql/postgres/publications/publications.engine.spec.ts'],
  'test/integration/api-publications': [
    'api/src/reports/files/report-files.spec.ts',
    'sql/postgres/publications/publications.engine.spec.ts',
  ],
  'test/integration/api-report-agenda': [
    'api/src/reports/publications/report-calendar.spec.ts',
    'test/integration/report-feed.spec.ts',
  ],
  'test/integration/api-report-areas': [
    'api/src/reports/region/region-report.spec.ts',
    'api/src/releases/released-areas.spec.ts',
  ],
  'test/integration/api-releases': [
    'test/integration/job-queue.spec.ts',
    'test/integration/api-releases.spec.ts',
  ],
  'test/integration/api-revisions': [
    'api/src/data/revisions/prints.spec.ts',
    'api/src/data/revisions/evidence.spec.ts',
  ],
  'test/integration/api-sees-loads': ['test/integration/api-vintages.spec.ts'],
  'test/integration/api-sees-undo': ['test/integration/etl-undo.spec.ts'],
  'test/integration/api-spread-uncertainty': ['api/src/statistics/concentration-errors.trials.spec.ts'],
  'test/integration/api-track-uncertainty': [
    'api/src/statistics/split-errors.trials.spec.ts',
    'test/integration/api-uncertainty.spec.ts',
  ],
  'test/integration/api-volume': [
    'api/src/statistics/price-level.trials.spec.ts',
    'test/integration/api-uncertainty.spec.ts',
  ],
  'test/integration/api-why-uncertainty': [
    'api/src/statistics/margin-errors.trials.spec.ts',
    'api/src/statistics/turnover-errors.trials.spec.ts',
  ],
  'test/integration/outsider': [
    'api/src/disclosure/suppress.spec.ts',
    'test/integration/api-release-carriers.spec.ts',
  ],
  'test/integration/start-ended': [
    'api/src/launch/ending.spec.ts',
    'test/integration/start-server-users.spec.ts',
  ],
  'test/integration/etl-alone': ['sql/clickhouse/mutex.engine.spec.ts', 'sql/engine/embedded.engine.spec.ts'],
  'test/integration/etl-damage-meanwhile': ['test/integration/etl-briefly.spec.ts'],
  'test/integration/etl-exit-codes': [
    'etl/src/commands/exit-code.spec.ts',
    'test/integration/etl-briefly.spec.ts',
  ],
  'test/integration/etl-fence': [
    'sql/clickhouse/fence.engine.spec.ts',
    'test/integration/etl-briefly.spec.ts',
  ],
  'test/integration/etl-full': ['test/integration/etl-briefly.spec.ts'],
  'test/integration/etl-full-disk': ['sql/engine/full-disk.engine.spec.ts'],
  'test/integration/etl-kill': ['test/integration/etl-briefly.spec.ts'],
  'test/integration/etl-late': ['sql/clickhouse/fence.engine.spec.ts'],
  'test/integration/etl-lookups': ['test/integration/etl-briefly.spec.ts'],
  'test/integration/etl-mapping-change': ['test/integration/etl-briefly.spec.ts'],
  'test/integration/etl-mapping-guard': ['test/integration/etl-briefly.spec.ts'],
  'test/integration/etl-mapping-places': ['test/integration/etl-briefly.spec.ts'],
  'test/integration/etl-mapping-runs': ['test/integration/etl-documented.spec.ts'],
  'test/integration/etl-numbers': ['test/integration/etl-golden.spec.ts'],
  'test/integration/etl-once': [
    'test/integration/etl-briefly.spec.ts',
    'test/integration/etl-golden.spec.ts',
  ],
  'test/integration/etl-out-of-order': ['test/integration/etl-launched.spec.ts'],
  'test/integration/etl-outage': ['test/integration/etl-briefly.spec.ts'],
  'test/integration/etl-preview': ['test/integration/etl-preview.spec.ts'],
  'test/integration/etl-rebuild': ['test/integration/etl-briefly.spec.ts'],
  'test/integration/etl-refusals': ['test/integration/etl-briefly.spec.ts'],
  'test/integration/etl-strange-parts': ['test/integration/etl-briefly.spec.ts'],
  'test/integration/etl-replace': ['test/integration/etl-undo.spec.ts'],
  'test/integration/etl-undo': ['test/integration/etl-undo.spec.ts'],
  'test/integration/etl-undo-acts': ['test/integration/etl-undo.spec.ts'],
  'test/integration/etl-time-zones': ['test/integration/etl-time-zones.spec.ts'],
  'test/integration/etl-ties': ['test/integration/etl-briefly.spec.ts'],
  'test/e2e/answer-words': ['test/e2e/first-look.spec.ts'],
  'test/e2e/as-of-month': ['test/e2e/first-look.spec.ts', 'test/integration/api-as-of-month.spec.ts'],
  'test/e2e/barriers': ['test/e2e/dashboard.spec.ts', 'test/e2e/first-look.spec.ts'],
  'test/e2e/palette': ['test/e2e/first-look.spec.ts', 'dashboard/src/features/search/palette-groups.spec.ts'],
  'test/e2e/pages-and-limits': ['test/integration/api-request-limits.spec.ts'],
  'test/e2e/region': ['test/integration/api-releases.spec.ts', 'test/e2e/door.spec.ts'],
  'test/e2e/reports': ['api/src/reports/files/report-files.spec.ts', 'test/e2e/door.spec.ts'],
  'test/e2e/second-factor': ['test/e2e/administration.spec.ts', 'test/integration/api-second-step.spec.ts'],
  'test/e2e/user-files': ['test/e2e/administration.spec.ts', 'test/integration/api-users-import.spec.ts'],
  'test/e2e/windows': ['test/e2e/first-look.spec.ts'],
  'sql/engine/full-disk.engine': ['sql/engine/full-disk.engine.spec.ts'],
  'test/integration/access-matrix': ['test/integration/access-matrix.spec.ts'],
  'test/integration/api-gaps': ['test/integration/api-gaps.spec.ts'],
  'test/integration/api-quality': ['test/integration/api-quality.spec.ts'],
  'test/integration/api-recovery': ['test/integration/api-recovery.spec.ts'],
  'test/integration/api-responsive': ['api/src/platform/turns.spec.ts'],
  'test/integration/api-second-factor': ['test/integration/api-second-step.spec.ts'],
  'test/integration/api-second-step': ['test/integration/api-second-step.spec.ts'],
  'test/integration/etl-golden': [
    'test/integration/etl-golden.spec.ts',
    'test/integration/etl-briefly.spec.ts',
  ],
  'test/integration/etl-new': ['test/integration/etl-new.spec.ts'],
  'test/integration/etl-owners': [
    'test/integration/etl-owners.spec.ts',
    'test/integration/etl-briefly.spec.ts',
  ],
  'etl/src/landing/olist.engine': [
    'etl/src/landing/landing.engine.spec.ts',
    'etl/src/landing/formats.engine.spec.ts',
  ],
  'etl/src/landing/property.engine': [
    'etl/src/landing/landing.engine.spec.ts',
    'etl/src/landing/malformed.engine.spec.ts',
  ],
  'sql/engine/engine-store.engine': [
    'sql/engine/full-disk.engine.spec.ts',
    'sql/engine/embedded.engine.spec.ts',
  ],
  'test/integration/api-server-account': ['test/integration/api-server-account.spec.ts'],
  'test/integration/etl-fields': ['test/integration/etl-fields.spec.ts'],
  'test/integration/start-server-users': ['test/integration/start-server-users.spec.ts'],
  'test/integration/api-demo-users': ['test/integration/api-demo-users.spec.ts'],
  'etl/src/landing/open-quotes.engine': ['etl/src/landing/malformed.engine.spec.ts'],
  'etl/src/landing/lone-returns.engine': [
    'etl/src/landing/landing.engine.spec.ts',
    'etl/src/landing/malformed.engine.spec.ts',
  ],
  'sql/clickhouse/wide-tables.engine': ['sql/clickhouse/migrate.engine.spec.ts'],
  'test/integration/etl-rounded-ids': ['test/integration/etl-fields.spec.ts'],
  'test/integration/etl-figures': [
    'etl/src/demo/truth.trials.spec.ts',
    'test/integration/etl-golden.spec.ts',
  ],
  'test/integration/etl-machine': ['test/integration/etl-time-zones.spec.ts'],
  'test/integration/nowcast': ['api/src/questions/nowcast/backtest.trials.spec.ts'],
  'test/integration/etl-several-days': ['test/integration/etl-golden.spec.ts'],
  'test/integration/etl-blank-names': ['test/integration/etl-fields.spec.ts'],
  'test/integration/etl-sandbox': ['etl/src/jobs/load/mapping-sandbox.engine.spec.ts'],
  'test/integration/etl-order-of-loads': ['test/integration/etl-briefly.spec.ts'],
  'test/integration/typesetter': ['api/src/reports/files/report-files.spec.ts'],
  'test/integration/private-data': ['test/integration/etl-briefly.spec.ts'],
  'test/integration/store-seals': ['test/integration/etl-briefly.spec.ts'],
};

/** Spec files below a folder, whatever the configuration of the tests makes of them. */
function specsBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return ['node_modules', 'dist'].includes(entry.name) ? [] : specsBelow(path);
    return /\.spec\.[cm]?[jt]sx?$/.test(entry.name) ? [relative(root, path)] : [];
  });
}

/** What a tier runs, as the runner tells it; a file of two projects is there twice. */
function runBy(tier: string): string[] {
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const output = execFileSync(
    process.execPath,
    [vitest, 'list', '--filesOnly', '--json', '--config', join(root, 'test', 'vitest.config.mjs')],
    { cwd: root, encoding: 'utf8', env: { ...process.env, TEST_TIER: tier, FORCE_COLOR: '0' } },
  );
  return (JSON.parse(output) as { file: string }[]).map(({ file }) => relative(root, file)).sort();
}

describe('the tiers', () => {
  const specs = SOURCES.flatMap((folder) => specsBelow(join(root, folder))).sort();
  const [quick, long, all] = ['quick', 'long', 'all'].map(runBy) as [string[], string[], string[]];

  it('run every spec once, in one of them alone', () => {
    expect(specs.length).toBeGreaterThan(200);
    expect([...quick, ...long].sort()).toEqual(specs);
    expect(all).toEqual(specs);
  });

  it('go by the name', () => {
    expect(long).toEqual(specs.filter((path) => path.endsWith('.long.spec.ts')));
    expect(long.length).toBeGreaterThan(0);
  });

  it('are not mistyped: a tier that there is not runs nothing', () => {
    expect(() => runBy('longer')).toThrow(/TEST_TIER is quick, long, all; not longer/);
  });

  it('have a short case in the quick one of all that is in the long one', () => {
    expect(Object.keys(SHORT_CASES).sort()).toEqual(
      long.map((path) => path.replace('.long.spec.ts', '')).sort(),
    );
    const cases = Object.values(SHORT_CASES).flat();
    expect(cases.filter((path) => !quick.includes(path))).toEqual([]);
    expect(Object.values(SHORT_CASES).every((paths) => paths.length > 0)).toBe(true);
  });
});
