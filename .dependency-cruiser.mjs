/**
 * The house as rules: what may import what. `npm run structure` checks them, and so does CI. Between projects Nx's tags decide;
 * these are the rooms inside of them.
 */

const room = (name) => `^api/src/${name}/`;
/** From which rooms of the API a room may import; the lowest first. */
const ROOMS = {
  core: [],
  statistics: ['core'],
  disclosure: ['core', 'statistics'],
  // What checks the gate knows what is published, and none of the gate.
  'disclosure-audit': ['core', 'statistics'],
  platform: [],
  access: ['core', 'platform'],
  data: ['core', 'statistics', 'platform', 'access'],
  questions: ['core', 'statistics', 'platform', 'access', 'data'],
  releases: ['core', 'statistics', 'disclosure', 'disclosure-audit', 'platform', 'access', 'data'],
  benchmark: ['core', 'statistics', 'disclosure', 'platform', 'access', 'data'],
  reports: ['core', 'platform', 'access', 'questions', 'releases', 'benchmark'],
  // Within reports: words and sheets, what an area's report says, its files, and who gets which under what number.
  'reports/documents': ['core', 'questions'],
  'reports/region': ['core', 'releases', 'benchmark', 'reports/documents'],
  'reports/files': ['platform', 'reports/documents', 'reports/region'],
  'reports/publications': [
    ...['core', 'platform', 'access', 'questions', 'releases'],
    ...['reports/documents', 'reports/region', 'reports/files'],
  ],
  'reports/standing': ['core', 'platform', 'access', 'benchmark', 'reports/documents', 'reports/files'],
  mail: ['core', 'platform', 'access', 'data', 'releases', 'benchmark', 'reports'],
  openapi: ['platform', 'access', 'questions', 'releases', 'reports', 'benchmark', 'mail'],
};

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycle',
      comment: 'Files that need each other cannot be read one after the other.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-cycle-of-folders',
      comment: 'Rooms have an order: what a room stands on does not know it.',
      severity: 'error',
      scope: 'folder',
      from: { path: '^(api/src|etl/src)' },
      to: { circular: true },
    },
    ...Object.entries(ROOMS).map(([name, below]) => ({
      name: `api-${name}`,
      comment: `api/src/${name} stands on: ${below.join(', ') || 'nothing'}.`,
      severity: 'error',
      from: { path: room(name) },
      to: { path: '^api/src/', pathNot: [name, ...below].map(room) },
    })),
    {
      name: 'pure',
      comment: 'The mathematics and the calendar know no framework and no engine.',
      severity: 'error',
      from: { path: '^api/src/(core|statistics|disclosure|disclosure-audit)/', pathNot: '\\.spec\\.ts$' },
      to: { path: 'node_modules/(@nestjs|fastify|typeorm|@clickhouse|rxjs)' },
    },
    {
      name: 'outsiders-know-nothing',
      comment: 'Who attacks releases has answers and a map, and nothing of the product.',
      severity: 'error',
      from: { path: '^test/outsider/' },
      to: { path: '^(api|dashboard|etl|sql|test)/|^node_modules/', pathNot: '^test/outsider/' },
    },
    {
      name: 'one-caller-of-the-api',
      comment: 'dashboard/src/api is the only code that fetches; charts only draw.',
      severity: 'error',
      from: { path: '^dashboard/src/(charts|format)/' },
      to: { path: '^dashboard/src/(api|features|panels)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules|dist' },
    exclude: { path: '\\.d\\.ts$|\\.(spec|fixture)\\.ts$|^etl/src/landing/(spec-kit|reference-csv)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['types', 'import', 'default'] },
  },
};
