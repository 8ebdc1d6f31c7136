import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import vue from 'eslint-plugin-vue';
import ts from 'typescript-eslint';
import vueParser from 'vue-eslint-parser';

/** Dependencies point one way; a project that reaches sideways or upwards does not land. */
const boundaries = [
  { sourceTag: 'scope:contract', onlyDependOnLibsWithTags: [] },
  { sourceTag: 'scope:sql', onlyDependOnLibsWithTags: [] },
  { sourceTag: 'scope:etl', onlyDependOnLibsWithTags: ['scope:sql'] },
  { sourceTag: 'scope:api', onlyDependOnLibsWithTags: ['scope:contract', 'scope:sql'] },
  { sourceTag: 'scope:dashboard', onlyDependOnLibsWithTags: ['scope:contract'] },
  { sourceTag: 'scope:test', onlyDependOnLibsWithTags: ['*'] },
];

const boundaryRules = {
  allowCircularSelfDependency: false,
  enforceBuildableLibDependency: false,
  depConstraints: boundaries,
};

export default ts.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '.nx/**', '.data/**'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...vue.configs['flat/recommended'],
  prettier,
  {
    files: ['**/*.ts', '**/*.vue', '**/*.mjs'],
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': ['error', boundaryRules],
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' },
      ],
      '@typescript-eslint/no-extraneous-class': 'off', // Nest's modules are empty classes
      'no-console': 'error', // logging has its place; programs with a terminal are named below
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    // These start processes of the package as it is built, and must use the same build themselves.
    files: ['sql/**/*.{spec,fixture}.ts'],
    rules: {
      '@nx/enforce-module-boundaries': ['error', { ...boundaryRules, allowCircularSelfDependency: true }],
    },
  },
  {
    // Nest injects by the class that a parameter's type names, so these imports are values though they look like types.
    files: ['api/src/**/*.ts', 'sql/postgres/**/*.ts'],
    rules: { '@typescript-eslint/consistent-type-imports': 'off' },
  },
  {
    // A route that is declared otherwise would be missing from the API description.
    files: ['api/src/questions/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: '@nestjs/common',
              importNames: [
                ...['Controller', 'All', 'Get', 'Post', 'Put', 'Patch', 'Delete', 'Head', 'Options'],
                ...['Query', 'Param', 'Body', 'RequestMapping'],
              ],
              message: 'Take it from platform/http/routes.ts, which notes it for the API description.',
            },
          ],
        },
      ],
    },
  },
  {
    // SQL is kept in files of `sql/clickhouse`. Within `sql` itself locks, fences and the ledger of migrations are statements of
    // names and engines, made where they are run; `SELECT 1` asks whether PostgreSQL answers.
    files: ['api/src/**/*.ts', 'etl/src/**/*.ts', 'dashboard/src/**/*.ts'],
    ignores: ['**/*.spec.ts', '**/spec-kit.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...['Literal[value=', 'TemplateElement[value.raw='].map((text) => ({
          selector: `${text}/^\\W*(SELECT (?!1$|DISTINCT$)|INSERT INTO|(CREATE|ALTER|DROP|RENAME|TRUNCATE|OPTIMIZE) (TABLE|VIEW|DATABASE)|DELETE FROM|KILL QUERY)/]`,
          message: 'SQL is kept in files: sql/clickhouse/queries, load or landing.',
        })),
      ],
    },
  },
  {
    // Typed arrays are read at indices below their length; a check at each of 208 places would hide the arithmetic.
    files: ['etl/src/demo/**/*.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    files: ['**/*.vue'],
    languageOptions: {
      parser: vueParser,
      parserOptions: { parser: ts.parser, extraFileExtensions: ['.vue'] },
    },
  },
  {
    files: ['**/*.vue', 'dashboard/**/*.ts', 'test/e2e/**/*.ts'],
    rules: { 'no-undef': 'off' }, // the compiler knows the browser's globals better
  },
  {
    files: [
      'api/launch/**',
      'api/src/launch/**',
      'etl/src/cli.ts',
      'etl/src/progress/**',
      'etl/src/jobs/**',
      'test/**',
      '**/*.mjs',
    ],
    rules: { 'no-console': 'off' },
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        URL: 'readonly',
        fetch: 'readonly',
        AbortSignal: 'readonly',
      },
    },
  },
);
