import { ref } from 'vue';
import { ask } from '../../api/http-client.ts';
import { type AuditFilter, questions, tellExport } from '../../api/questions.ts';
import { csvOf } from '../../format/csv.ts';
import { saveFile } from '../../format/save-file.ts';
import { EXPORTED, exportedRow } from './audit-filter.ts';

/** More than this is asked for in parts: the browser holds all of it. */
const MOST = 50_000;
const AT_ONCE = 500;

/** Saves what the filter finds as a file, page by page. */
export function useAuditExport() {
  const count = ref(0);
  const isCut = ref(false);

  async function save(filter: AuditFilter): Promise<void> {
    count.value = 0;
    isCut.value = false;
    const rows: string[][] = [[...EXPORTED]];
    for (let before: string | null | undefined; before !== null;) {
      const page = await ask(questions.audit({ ...filter, before, limit: AT_ONCE }));
      rows.push(...page.records.map(exportedRow));
      count.value = rows.length - 1;
      before = page.next;
      if (before !== null && count.value >= MOST) {
        isCut.value = true;
        break;
      }
    }
    await tellExport({ what: 'audit', rows: count.value, filter: filterInWords(filter) });
    saveFile(csvOf(rows), `audit-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}.csv`);
  }
  return { count, isCut, save };
}

const filterInWords = (filter: AuditFilter): string =>
  Object.entries(filter)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ')
    .slice(0, 300);
