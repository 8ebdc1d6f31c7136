/** What parts of tracks are called: channels by what they call themselves, countries as statistics of trade do. */
import { type Bilingual, OTHER_PARTS, type Partition } from '@beltline/contract';

const CHANNELS: Readonly<Record<string, Bilingual>> = {
  taobao: { zh: '淘宝', en: 'Taobao' },
  tmall: { zh: '天猫', en: 'Tmall' },
  douyin: { zh: '抖音', en: 'Douyin' },
  pinduoduo: { zh: '拼多多', en: 'Pinduoduo' },
  kuaishou: { zh: '快手', en: 'Kuaishou' },
  xiaohongshu: { zh: '小红书', en: 'Xiaohongshu' },
  jd: { zh: '京东', en: 'JD.com' },
  wechat_channels: { zh: '微信视频号', en: 'WeChat Channels' },
  wechat_mini: { zh: '微信小程序', en: 'WeChat Mini Programs' },
  weidian: { zh: '微店', en: 'Weidian' },
  youzan: { zh: '有赞', en: 'Youzan' },
  dewu: { zh: '得物', en: 'Dewu' },
  vipshop: { zh: '唯品会', en: 'Vipshop' },
  xianyu: { zh: '闲鱼', en: 'Xianyu' },
  bilibili: { zh: '哔哩哔哩', en: 'Bilibili' },
  community_group: { zh: '社区团购', en: 'Community group buying' },
  temu: { zh: 'Temu', en: 'Temu' },
  shein: { zh: 'SHEIN', en: 'SHEIN' },
  aliexpress: { zh: '速卖通', en: 'AliExpress' },
  tiktok_shop: { zh: 'TikTok Shop', en: 'TikTok Shop' },
};

const OTHERS: Readonly<Record<Partition, Bilingual>> = {
  channels: { zh: '其他渠道', en: 'Other channels' },
  countries: { zh: '其他国家和地区', en: 'Other countries and regions' },
};

/** As the customs statistics of China name them. */
const REGIONS: Readonly<Record<string, Bilingual>> = {
  HK: { zh: '中国香港', en: 'Hong Kong, China' },
  MO: { zh: '中国澳门', en: 'Macao, China' },
  TW: { zh: '中国台湾', en: 'Taiwan, China' },
};

const IN = {
  zh: new Intl.DisplayNames('zh-CN', { type: 'region' }),
  en: new Intl.DisplayNames('en', { type: 'region' }),
};

/** A part by its name in the model of order lines; what nobody has named is called by that. */
export function partName(partition: Partition, part: string): Bilingual {
  if (part === OTHER_PARTS) return OTHERS[partition];
  if (partition === 'channels') return CHANNELS[part] ?? { zh: part, en: part };
  return REGIONS[part] ?? { zh: IN.zh.of(part) ?? part, en: IN.en.of(part) ?? part };
}
