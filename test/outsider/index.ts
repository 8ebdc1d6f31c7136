/**
 * Attacks a running product by its answers: `node test/dist/outsider/index.js <address> <month> <map.csv> <token>…`. The map is a line for each belt: id, city, province. All tokens
 * are taken to be of people who tell each other what they see. Printed are the narrowest claims of cells that are withheld; whether one is too near to somebody, only who knows
 * the orders can say.
 */
import { readFileSync } from 'node:fs';
import { type Claim, claimsOf } from './outsider.ts';
import { type MonthAnswer, type Place } from './read-answers.ts';

const PRINTED = 20;

const [address, month, map, ...tokens] = process.argv.slice(2);
if (!address || !month || !map || tokens.length === 0) {
  process.stderr.write('usage: index.js <address> <month> <map.csv> <token>…\n');
  process.exit(1);
}
const places = readFileSync(map, 'utf8')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line): Place => {
    const [id = '', city = '', province = ''] = line.split(',').map((field) => field.trim());
    return { id, city, province };
  });
const answers: MonthAnswer[] = [];
for (const token of tokens) {
  const response = await fetch(`${address}/api/v1/releases/${month}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  answers.push((await response.json()) as MonthAnswer);
}
const width = ({ least, most }: Claim): number => (most - least) / Math.max(1, most);
for (const claim of claimsOf(answers, places)
  .filter(({ least, most }) => most > least && Number.isFinite(most))
  .sort((a, b) => width(a) - width(b))
  .slice(0, PRINTED))
  process.stdout.write(`${claim.measure} of ${claim.cells.join(' + ')}: ${claim.least} to ${claim.most}\n`);
