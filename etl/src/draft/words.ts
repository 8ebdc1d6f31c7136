/** Words of exports for the closed lists of the model. A word that is not here is left as it is, and named. */
import { DISTRIBUTION_CHANNELS, COUNTRIES } from '../jobs/load/canonical-model.ts';

const STATUS: Readonly<Record<string, string>> = {
  placed:
    '待付款 未付款 等待买家付款 待支付 未支付 已下单 placed pending unpaid created awaitingpayment pendingpayment',
  paid: '已付款 已支付 待发货 等待卖家发货 买家已付款 买家已付款等待卖家发货 备货中 部分发货 paid processing confirmed approved authorized awaitingshipment unshipped',
  dispatched:
    '已发货 卖家已发货 卖家已发货等待买家确认 待收货 运输中 dispatched shipped intransit fulfilled sent',
  delivered: '已完成 交易成功 已签收 已收货 完成 delivered completed complete received finished',
  cancelled: '已取消 交易关闭 已关闭 取消 关闭 cancelled canceled voided void',
};

const CHANNEL: Readonly<Record<string, string>> = {
  '': '批发 1688 阿里巴巴',
  wholesale: 'wholesale',
  taobao: '淘宝',
  tmall: '天猫',
  douyin: '抖音 抖店',
  pinduoduo: '拼多多 pdd',
  kuaishou: '快手',
  xiaohongshu: '小红书',
  jd: '京东',
  wechat_channels: '视频号 微信视频号',
  wechat_mini: '微信小程序 小程序',
  weidian: '微店',
  youzan: '有赞',
  dewu: '得物',
  vipshop: '唯品会',
  xianyu: '闲鱼',
  bilibili: '哔哩哔哩 b站',
  community_group: '社区团购',
  aliexpress: '速卖通',
  tiktok_shop: 'tiktok tiktokshop',
};

const COUNTRY: Readonly<Record<string, string>> = {
  CN: '中国 中国大陆 china prchina',
  HK: '中国香港 香港 hongkong',
  TW: '中国台湾 台湾 taiwan',
  US: '美国 usa unitedstates unitedstatesofamerica',
  GB: '英国 uk unitedkingdom greatbritain',
  DE: '德国 germany',
  FR: '法国 france',
  ES: '西班牙 spain',
  IT: '意大利 italy',
  RU: '俄罗斯 russia russianfederation',
  BR: '巴西 brazil',
  JP: '日本 japan',
  KR: '韩国 southkorea korea',
  AU: '澳大利亚 australia',
  CA: '加拿大 canada',
  IN: '印度 india',
};

const CURRENCY: Readonly<Record<string, string>> = {
  CNY: '人民币 元 rmb ¥',
  USD: '美元 us$ $',
  EUR: '欧元 €',
  BRL: 'r$',
};

type Vocabulary = ReadonlyMap<string, string>;

const bare = (word: string): string =>
  word
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s_,，、\-/()]/g, '');

function vocabulary(words: Readonly<Record<string, string>>, own: readonly string[]): Vocabulary {
  const spelt = Object.entries(words).flatMap(([value, text]) =>
    text.split(' ').map((word) => [bare(word), value] as const),
  );
  return new Map([...own.map((value) => [bare(value), value] as const), ...spelt]);
}

export const VOCABULARY = {
  status: vocabulary(STATUS, []),
  channel: vocabulary(CHANNEL, DISTRIBUTION_CHANNELS),
  country: vocabulary(
    COUNTRY,
    COUNTRIES.filter((code) => code !== ''),
  ),
  currency: vocabulary(CURRENCY, []),
} as const;

export interface Translation {
  /** Each word as it is written, and the word of the model. */
  readonly known: ReadonlyMap<string, string>;
  readonly unknown: readonly string[];
}

export function translate(words: Iterable<string>, into: Vocabulary): Translation {
  const known = new Map<string, string>();
  const unknown = new Set<string>();
  for (const word of words) {
    const value = into.get(bare(word));
    if (value === undefined) unknown.add(word);
    else known.set(word, value);
  }
  return { known, unknown: [...unknown] };
}
