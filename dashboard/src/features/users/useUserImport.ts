import type { ImportDone, ImportPlan } from '@beltline/contract';
import { ref, shallowRef } from 'vue';
import { importCommands } from '../../api/commands.ts';
import { useCommand } from '../../api/useCommand.ts';
import { base64Of } from '../../format/base64-of.ts';
import { LARGEST_BYTES } from './import-form.ts';

/** A file of users: its plan, and carrying out that plan and no other. */
export function useUserImport() {
  const fileName = ref('');
  const plan = shallowRef<ImportPlan | null>(null);
  const done = shallowRef<ImportDone | null>(null);
  /** Users were changed after the plan before was made, so that this one is another. */
  const isAnew = ref(false);
  /** The browser does not give the file. */
  const isUnreadable = ref(false);
  const { busy, error, run, forget } = useCommand();
  let content = '';

  async function replan(): Promise<void> {
    await run(async () => {
      plan.value = await importCommands.plan(content);
    });
  }

  return {
    ...{ fileName, plan, done, isAnew, isUnreadable, busy, error, replan },

    async choose(file: File): Promise<void> {
      forget();
      plan.value = null;
      [isAnew.value, isUnreadable.value] = [false, false];
      fileName.value = file.name;
      try {
        content = await base64Of(file, LARGEST_BYTES);
      } catch {
        isUnreadable.value = true;
        return;
      }
      await replan();
    },

    /** Where users were changed meanwhile, the new plan is shown, and is not carried out before it is confirmed as well. */
    async carryOut(): Promise<void> {
      const etag = plan.value?.etag;
      if (!etag) return;
      isAnew.value = false;
      const isDone = await run(async () => {
        done.value = await importCommands.carryOut(content, etag);
      });
      // 400: what could be done then is refused by now.
      if (isDone || !['precondition-failed', 'invalid-request'].includes(error.value?.code ?? '')) return;
      isAnew.value = true;
      await replan();
    },

    startAnew(): void {
      forget();
      [plan.value, done.value, isAnew.value] = [null, null, false];
      [fileName.value, content] = ['', ''];
    },
  };
}
