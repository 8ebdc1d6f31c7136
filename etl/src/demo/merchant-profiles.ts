import { MONTH_START, MONTHS, dateLabel, dayOf } from './calendar.ts';
import { adoption } from './roster.ts';
import type { Merchants } from './merchants.ts';
import { Random, SteadyShare } from './random.ts';
import type { DemoBelt } from './registry.ts';

/** Share of merchants in a family with a second generation that takes over or may. */
const HAS_SUCCESSOR = 0.34;
/** Of these, as the programme reports its recruits. */
const BORN_AFTER_1990 = 0.79;
const BACHELOR_OR_MORE = 0.81;
const TAKEOVER_BEGUN = 0.9;
const BEGUN_THREE_YEARS_AGO = 0.54;
/** Share of merchants that are factories; the others trade what their neighbours make. */
const FACTORIES = 0.58;
/** Share of merchants whose owner has more than one. */
const SHARED_OWNERS = 0.07;

/** What `merchants.csv` says of a merchant beyond its trade. */
export interface MerchantProfile {
  readonly name: string;
  /** Index of the legal owner; several merchants may have the same. */
  readonly owner: number;
  readonly size: 'micro' | 'small' | 'medium' | 'large';
  readonly factory: boolean;
  readonly founded: string;
  /** When the second generation began to take over, or empty. */
  readonly takeover: string;
  readonly successorBorn: string;
  readonly successorEducation: '' | 'none' | 'bachelor' | 'master';
  readonly tags: readonly string[];
}

const FIRST = [...'鑫源恒瑞德盛华美嘉诚金龙永兴万宏泰和顺达锦绣东方博远凯旋佳艺天佑福临众合'];
const SECOND = [...'泰丰祥达隆昌利通悦雅润泽发辉腾宇晨曦艺欣旺景荣成业信安康明亮卓越飞'];
const FACTORY_SUFFIXES = ['有限公司', '厂', '制品有限公司', '科技有限公司', '实业有限公司', '加工厂'];
const TRADER_SUFFIXES = ['商行', '贸易有限公司', '经营部', '供应链有限公司', '批发部'];

/** Index of each merchant's legal owner. */
export function ownersOf(merchants: Merchants, belts: readonly DemoBelt[], seed: number): Int32Array {
  return Int32Array.from(drawProfiles(merchants, belts, seed), (profile) => profile.owner);
}

/** Draws the profiles in the order of the merchants. */
export function* drawProfiles(
  merchants: Merchants,
  belts: readonly DemoBelt[],
  seed: number,
): Generator<MerchantProfile> {
  const random = new Random(seed, 'profiles');
  const shares = {
    born: new SteadyShare(BORN_AFTER_1990, random),
    educated: new SteadyShare(BACHELOR_OR_MORE, random),
    begun: new SteadyShare(TAKEOVER_BEGUN, random),
    early: new SteadyShare(BEGUN_THREE_YEARS_AGO, random),
  };
  let owners = 0;
  let sharing = 0;
  for (let index = 0; index < merchants.count; index++) {
    const belt = belts[merchants.belt[index]!]!;
    const follows = index > 0 && sharing > 0 && !merchants.anchor[index];
    if (follows) sharing--;
    else {
      owners++;
      // 2 merchants in four of five groups, 3 in the fifth: 2.2 merchants a group.
      sharing = random.chance(SHARED_OWNERS / 2.2) ? (random.chance(0.2) ? 2 : 1) : 0;
    }
    const factory = merchants.anchor[index] === 1 || random.chance(FACTORIES);
    const firstTrade = MONTH_START[Math.min(MONTHS, merchants.entry[index]!)]!;
    const founded = firstTrade - 90 - random.below(factory ? 9_000 : 4_500);
    yield {
      name: nameOf(belt, factory, random),
      owner: owners - 1,
      size: sizeOf(merchants.weight[index]!, merchants.dominant[index] === 1),
      factory,
      founded: dateLabel(founded),
      ...succession(founded, shares, random),
      tags: tagsOf(merchants, index, factory, random),
    };
  }
}

/**
 * Real registers have commas, quotation marks and now and then a line break in names; a loader must take them, so a
 * few are here.
 */
function nameOf(belt: DemoBelt, factory: boolean, random: Random): string {
  const brand = random.pick(FIRST) + random.pick(SECOND) + (random.chance(0.35) ? random.pick(SECOND) : '');
  const suffix = random.pick(factory ? FACTORY_SUFFIXES : TRADER_SUFFIXES);
  const name = `${belt.place}${brand}${random.pick(belt.categories)}${suffix}`;
  const oddity = random.unit();
  if (oddity < 0.006) return `${name}, Ltd.`;
  if (oddity < 0.01) return `${belt.place}"${brand}"${suffix}`;
  if (oddity < 0.012) return `${name}\n(${brand}分厂)`;
  return name;
}

function sizeOf(weight: number, dominant: boolean): MerchantProfile['size'] {
  if (dominant || weight > 3.5) return 'large';
  if (weight > 2) return 'medium';
  return weight > 0.6 ? 'small' : 'micro';
}

type Succession = Pick<MerchantProfile, 'takeover' | 'successorBorn' | 'successorEducation'>;

function succession(
  founded: number,
  shares: Record<'born' | 'educated' | 'begun' | 'early', SteadyShare>,
  random: Random,
): Succession {
  const none: Succession = { takeover: '', successorBorn: '', successorEducation: '' };
  // A firm younger than eight years has no generation to hand over to yet.
  const threeYearsAgo = dayOf(2022, 2, 10);
  const end = dayOf(2025, 2, 10);
  if (founded > dayOf(2014, 1, 1) || !random.chance(HAS_SUCCESSOR)) return none;
  const takeover = !shares.begun.next()
    ? ''
    : dateLabel(
        shares.early.next()
          ? threeYearsAgo - random.below(2_200)
          : random.between(threeYearsAgo + 1, end - 20),
      );
  return {
    takeover,
    successorBorn: String(shares.born.next() ? random.between(1990, 2001) : random.between(1978, 1989)),
    successorEducation: !shares.educated.next() ? 'none' : random.chance(0.3) ? 'master' : 'bachelor',
  };
}

function tagsOf(merchants: Merchants, index: number, factory: boolean, random: Random): string[] {
  const tags: string[] = [];
  const digital = random.chance(0.36);
  if (digital) tags.push('digital');
  if (random.chance(digital ? 0.2 : 0.03)) tags.push('ai');
  if (factory && random.chance(0.3)) tags.push('small_batch');
  if (merchants.customScore[index]! <= adoption('custom', MONTHS - 1)) tags.push('light_custom');
  if (factory && random.chance(0.28)) tags.push('oem');
  if (factory && random.chance(0.07)) tags.push('specialised_new');
  return tags;
}
