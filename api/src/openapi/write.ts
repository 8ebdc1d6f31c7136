/** Writes `api/openapi.json`: run after a change of a route or of the contract (`npm run openapi -w api`). */
import { writeFileSync } from 'node:fs';
import { DESCRIBED } from './controllers.ts';
import { API_VERSION } from './version.ts';
import { describeApi } from './describe.ts';

const file = new URL('../../openapi.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(describeApi(DESCRIBED, API_VERSION), null, 2)}\n`);
process.stdout.write(`Wrote ${file.pathname}\n`);
