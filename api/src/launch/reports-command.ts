/** `npm run beltline -- reports verify FILE`: whether a file is a report of ours, byte by byte, and whether it still stands. */
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { DataSource } from 'typeorm';
import { foundBy } from '../reports/publications/publication-answer.ts';
import { PublicationStore, sha256 } from '../reports/publications/publication-store.service.ts';
import { EXIT_CODES } from './command-line.ts';

export function addReports(
  program: Command,
  on: (work: (tools: { readonly store: DataSource }) => Promise<number>) => Promise<void>,
  print: (text: string) => void,
): void {
  program
    .command('reports')
    .description('reports that were published')
    .command('verify <file>')
    .description('says which report a file is; ends with 1 where it is none of ours, or superseded')
    .action((file: string) => {
      const digest = sha256(readFileSync(file));
      return on(async ({ store }) => {
        const found = await foundBy(new PublicationStore(store), digest);
        print(`SHA-256 ${digest.toString('hex')}\n`);
        if (!found) {
          print('This is no file that was published here.\n');
          return EXIT_CODES.failed;
        }
        const { number, month, region, format, releasedAt, supersededBy } = found;
        const area = region.kind === 'nation' ? 'the nation' : region.id;
        print(`${number}: ${area} ${month}, ${format}, released ${releasedAt}\n`);
        if (supersededBy !== null) print(`It is superseded by ${supersededBy}.\n`);
        return supersededBy === null ? 0 : EXIT_CODES.failed;
      });
    });
}
