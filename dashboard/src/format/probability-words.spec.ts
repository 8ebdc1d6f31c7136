import type { RecoveryState } from '@beltline/contract';
import { numbers } from '../charts/drawing.fixture.ts';
import { recoveryAnswer } from '../charts/recovery.fixture.ts';
import { translatorOf } from '../i18n/language.fixture.ts';
import { probabilityWords } from './probability-words.ts';

const words = async (more: Partial<RecoveryState>) =>
  probabilityWords({ ...recoveryAnswer().state, ...more }, numbers, await translatorOf('zh-CN'));

it('says how sure a state is, of an undetermined one which it most probably is', async () => {
  expect(await words({ certainty: 'sure', probability: 0.9525 })).toBe('确定（95%）');
  expect(await words({ certainty: 'likely', probability: 0.8625 })).toBe('很可能（86%）');
  expect(
    await words({ state: 'undetermined', certainty: null, mostProbable: 'flat', probability: 0.41 }),
  ).toBe('最可能为持平（41%）');
});

it('never says a certainty that replicates cannot give, and nothing where nobody can tell', async () => {
  expect(await words({ certainty: 'sure', probability: 1 })).toBe('确定（>99%）');
  expect(await words({ certainty: null, mostProbable: null, probability: null })).toBe('–');
});
