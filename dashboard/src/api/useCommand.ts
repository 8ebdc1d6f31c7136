import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { ProblemError } from './problem-error.ts';

export interface Command {
  busy: Readonly<Ref<boolean>>;
  error: Readonly<ShallowRef<ProblemError | null>>;
  /** Does something once at a time. @returns whether it was done; if not, `error` says why. */
  run(work: () => Promise<unknown>): Promise<boolean>;
  forget(): void;
}

/** Something that a form or a button does: while it goes on, and why it was not done. */
export function useCommand(): Command {
  const busy = ref(false);
  const error = shallowRef<ProblemError | null>(null);
  return {
    busy,
    error,
    async run(work) {
      if (busy.value) return false;
      busy.value = true;
      error.value = null;
      try {
        await work();
        return true;
      } catch (cause) {
        error.value = cause instanceof ProblemError ? cause : new ProblemError({ code: 'unreadable' });
        return false;
      } finally {
        busy.value = false;
      }
    },
    forget() {
      error.value = null;
    },
  };
}

/** What the API said of a field; null where it is not at fault. Of a list (`regions.0`) what it said of its first. */
export function issueOf(error: ProblemError | null, field: string): string | null {
  const isOf = (name: string) => name === field || name.startsWith(`${field}.`);
  return error?.issues.find((issue) => isOf(issue.field))?.message ?? null;
}
