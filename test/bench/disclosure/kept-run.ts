/** What a long run has done so far, in a file: a run that was ended goes on from there. */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';

export class KeptRun {
  private readonly done = new Map<string, unknown>();

  /** `file`: one line of JSON for each table and bound; undefined: nothing is kept. */
  constructor(private readonly file: string | undefined) {
    if (file === undefined || !existsSync(file)) return;
    // The last line may have been cut off as the run was ended.
    for (const line of readFileSync(file, 'utf8').split('\n').slice(0, -1)) {
      const [key, figures] = JSON.parse(line) as [string, unknown];
      this.done.set(key, figures);
    }
  }

  /** Figures by that name: those that are kept, or else made. Whoever asks knows which figures have which name. */
  async of<T>(key: string, make: () => Promise<T>): Promise<T> {
    if (this.done.has(key)) return this.done.get(key) as T;
    const figures = await make();
    if (this.file !== undefined) appendFileSync(this.file, `${JSON.stringify([key, figures])}\n`);
    return figures;
  }
}
