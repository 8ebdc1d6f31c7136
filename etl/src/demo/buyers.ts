import { MONTHS, monthIndex } from './calendar.ts';
import { BUYER_TYPES, CHANNELS, CHINA, COUNTRIES, type BuyerType, type Channel } from './codes.ts';
import { KINDS, type Kind } from './kinds.ts';
import type { Order } from './order.ts';
import { type Random, slots } from './random.ts';

const type = (name: BuyerType): number => BUYER_TYPES.indexOf(name);
const channel = (name: Channel): number => CHANNELS.indexOf(name);
const country = (name: (typeof COUNTRIES)[number]): number => COUNTRIES.indexOf(name);

/** Shares of the downstream channels at the beginning and the end of the period; linear between. */
const HOME_CHANNELS: Partial<Record<Channel, readonly [number, number]>> = {
  taobao: [27, 18], tmall: [9, 6], douyin: [15, 23], pinduoduo: [17, 16], kuaishou: [7, 7], xiaohongshu: [3, 8],
  jd: [5, 4], wechat_channels: [2, 6], wechat_mini: [4, 4], weidian: [3, 2], youzan: [2, 1], dewu: [1, 1.5],
  vipshop: [1, 1], xianyu: [2, 3], bilibili: [0.5, 1], community_group: [3, 2],
}; // prettier-ignore
const EXPORT_CHANNELS: Partial<Record<Channel, readonly [number, number]>> = {
  temu: [0, 42], shein: [34, 18], aliexpress: [48, 16], tiktok_shop: [12, 26],
}; // prettier-ignore
const LOCAL_CHANNELS: Partial<Record<Channel, readonly [number, number]>> = {
  tiktok_shop: [35, 62],
  aliexpress: [65, 38],
};

const TRADE_COUNTRIES = {
  US: 26, JP: 9, KR: 9, RU: 8, GB: 6, DE: 5, FR: 4, MY: 4, TH: 4, PH: 3, ID: 3, SG: 2, AU: 4, ES: 3, IT: 2, PL: 2,
  NL: 1, BR: 4, MX: 3, CL: 1, AE: 3, SA: 3, VN: 3, NG: 1, ZA: 1,
}; // prettier-ignore
/** Without the pilots, which come on top: Vietnam from March 2024, Kazakhstan from June 2024. */
const LOCAL_COUNTRIES = {
  VN: 9, KZ: 5, MY: 10, TH: 9, PH: 7, ID: 7, KR: 9, JP: 6, RU: 10, UZ: 3, KG: 4, MN: 3, KH: 3, AE: 4, SA: 3, TR: 3,
  NG: 2, ZA: 2, MX: 2, BR: 2, CL: 1, AU: 3, US: 3,
}; // prettier-ignore
const PILOTS = [
  { country: 'VN', from: monthIndex(2024, 3), most: 22 },
  { country: 'KZ', from: monthIndex(2024, 6), most: 14 },
] as const;

/** Buyers of a pool at 2 million lines; the pools of countries and channels are told apart by their number. */
const POOL = { retailer: 9_000, distributor: 1_400, brand_owner: 900, agent: 900, abroad: 160 };
/** Member stores' part of offline orders; the others are selection centres'. */
export const MEMBER_STORES = 0.58;
/** Abroad, the goods of one order in twelve go to a consolidation warehouse in China. */
const CONSOLIDATED = 1 / 12;

/** Draws who buys, through which channel and from where. Buyers come back: to the same merchants, and some to all. */
export class Buyers {
  private readonly poolScale: number;
  private month = 0;
  private homeChannel = slots([1]);
  private exportChannel = slots([1]);
  private localChannel = slots([1]);
  private localCountry = slots([1]);
  private readonly tradeCountry = slots(
    COUNTRIES.map((code) => TRADE_COUNTRIES[code as keyof typeof TRADE_COUNTRIES] ?? 0),
  );

  constructor(lines: number) {
    this.poolScale = (lines / 2_000_000) ** 0.8;
  }

  /** Prepares the mixes of a month. */
  enterMonth(month: number): void {
    const along = month / (MONTHS - 1);
    const mix = (table: Partial<Record<Channel, readonly [number, number]>>): Uint8Array =>
      slots(
        CHANNELS.map((name) =>
          table[name] ? table[name][0] + (table[name][1] - table[name][0]) * along : 0,
        ),
      );
    this.month = month;
    this.homeChannel = mix(HOME_CHANNELS);
    this.exportChannel = mix(EXPORT_CHANNELS);
    this.localChannel = mix(LOCAL_CHANNELS);
    this.localCountry = slots(
      COUNTRIES.map((code) => {
        const pilot = PILOTS.find((p) => p.country === code);
        const extra =
          pilot && month >= pilot.from ? pilot.most * Math.min(1, (month - pilot.from + 1) / 8) : 0;
        return (LOCAL_COUNTRIES[code as keyof typeof LOCAL_COUNTRIES] ?? 0) + extra;
      }),
    );
  }

  /** Fills the buyer, the countries and the channel of an order whose kind and merchant stand. */
  fill(order: Order, random: Random): void {
    const kind = KINDS[order.kind]!;
    order.channel = this.channelOf(kind, random);
    if (kind.abroad === 'none') this.fillHome(order, kind, random);
    else if (kind.abroad === 'trade') this.fillTrade(order, kind, random);
    else this.fillLocal(order, random);
  }

  private channelOf(kind: Kind, random: Random): number {
    if (kind.mode === 'wholesale') return channel('wholesale');
    if (kind.mode === 'offline')
      return random.chance(MEMBER_STORES) ? channel('member_store') : channel('selection_centre');
    const mix =
      kind.abroad === 'none'
        ? this.homeChannel
        : kind.abroad === 'trade'
          ? this.exportChannel
          : this.localChannel;
    return mix[random.bits() & 1023]!;
  }

  private fillHome(order: Order, kind: Kind, random: Random): void {
    order.buyerCountry = CHINA;
    order.destination = CHINA;
    const u = random.unit();
    if (kind.mode === 'distribution') {
      if (u < 0.88) this.from(order, type('distributor'), order.channel, POOL.distributor, random);
      else this.from(order, type('retailer'), 0, POOL.retailer, random);
    } else if (u < (kind.custom ? 0.35 : 0.07))
      this.from(order, type('brand_owner'), 0, POOL.brand_owner, random);
    else if (u < 0.7) this.from(order, type('retailer'), 0, POOL.retailer, random);
    // The same distributors also buy whole lots: small ones that grow become core customers.
    else
      this.from(
        order,
        type('distributor'),
        this.homeChannel[random.bits() & 1023]!,
        POOL.distributor,
        random,
      );
  }

  private fillTrade(order: Order, kind: Kind, random: Random): void {
    const abroad = this.tradeCountry[random.bits() & 1023]!;
    const u = random.unit();
    order.destination = abroad;
    if (u < (kind.mode === 'wholesale' ? 0.5 : 0.14)) {
      order.buyerCountry = CHINA;
      this.from(order, type('purchasing_agent'), 0, POOL.agent, random);
      return;
    }
    order.buyerCountry = random.chance(0.62) ? CHINA : abroad;
    if (order.buyerCountry !== CHINA && random.chance(CONSOLIDATED)) order.destination = CHINA;
    const seller = u < 0.82 ? type('overseas_marketplace_seller') : type('independent_site');
    this.from(
      order,
      seller,
      order.buyerCountry,
      order.buyerCountry === CHINA ? POOL.agent : POOL.abroad,
      random,
    );
  }

  private fillLocal(order: Order, random: Random): void {
    order.buyerCountry = this.localCountry[random.bits() & 1023]!;
    order.destination = random.chance(CONSOLIDATED) ? CHINA : order.buyerCountry;
    const shop = random.chance(0.6) ? type('overseas_shop') : type('overseas_sme');
    const pilot = order.buyerCountry === country('VN') || order.buyerCountry === country('KZ');
    this.from(order, shop, order.buyerCountry, pilot ? 2 * POOL.abroad : POOL.abroad, random);
  }

  /** Four in five come from the merchant's own circle of customers, the others from all, where a few buy much. */
  private from(order: Order, buyerType: number, pool: number, sizeAt2M: number, random: Random): void {
    const growth = 0.55 + (0.45 * this.month) / (MONTHS - 1);
    const size = Math.max(12, Math.floor(sizeAt2M * this.poolScale * growth));
    const u = random.unit();
    order.buyerType = buyerType;
    order.buyerPool = pool;
    order.buyerNumber = random.chance(0.2)
      ? Math.floor(size * u * u * u)
      : (order.merchant * 7_919 + Math.floor(Math.min(size, 45) * u * u)) % size;
  }
}
