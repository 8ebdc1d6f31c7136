/** What prices change about the state of an area, in words. */
import type { Figure, RecoveryState, VolumeRecovery } from '@beltline/contract';
import type { NumberFormat } from '../../format/number-format.ts';
import type { Translate } from '../../i18n/translate.ts';

interface Words {
  readonly numbers: NumberFormat;
  readonly t: Translate;
}

/** Whether a state is one that is claimed. */
const isClaimed = ({ state }: RecoveryState): boolean =>
  state !== 'undetermined' && state !== 'too-little-data';

/** Both states in one sentence, and what prices did since the base year and in the last year. */
export function volumeWords(
  byValue: RecoveryState,
  volume: VolumeRecovery,
  year: number | null,
  words: Words,
): string {
  const { t } = words;
  const [value, deflated] = [byValue, volume.state].map(({ state }) => t(`state.${state}`));
  const isSame = byValue.state === volume.state.state;
  const claim = !isClaimed(volume.state)
    ? t('volume.untold', { volume: deflated ?? '' })
    : t(isSame ? 'volume.same' : 'volume.differs', { value: value ?? '', volume: deflated ?? '' });
  const since = year === null ? null : priceWords(volume.priceSinceBase, words);
  const ofYear = priceWords(volume.priceOfYear, words);
  return [
    claim,
    since && t('volume.sinceBase', { year: year ?? '', change: since }),
    ofYear && t('volume.ofYear', { change: ofYear }),
  ]
    .filter((part) => part !== null)
    .reduce((first, second) => t('volume.join', { first, second }));
}

/** How far prices surely moved, with the interval; that they may not have, where chance explains it; null where they are not known. */
export function priceWords({ value, uncertainty }: Figure, { numbers, t }: Words): string | null {
  if (value === null) return null;
  const change = (index: number) => numbers.signedPercent(index / BASE_INDEX - 1);
  if (uncertainty === null) return t('volume.priceAlone', { change: change(value) });
  const { low, high } = uncertainty;
  const isUnsure = low < BASE_INDEX && high > BASE_INDEX;
  // That prices rose or fell is said in words already.
  const size = numbers.percent(Math.abs(value / BASE_INDEX - 1));
  const told = { change: isUnsure ? change(value) : size, low: change(low), high: change(high) };
  return t(
    isUnsure ? 'volume.priceUnsure' : value > BASE_INDEX ? 'volume.priceRose' : 'volume.priceFell',
    told,
  );
}

const BASE_INDEX = 100;
