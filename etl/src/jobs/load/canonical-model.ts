/**
 * The canonical model's closed lists: the one place where they are spelt. A source's SELECTs map onto these words; every
 * other word is a fault of its row.
 */

export const STATUSES = ['placed', 'paid', 'dispatched', 'delivered', 'cancelled'] as const;
/** A line counts in figures when it is paid and not cancelled. */
export const COUNTED_STATUSES = ['paid', 'dispatched', 'delivered'] as const;

export const SALES_MODES = ['wholesale', 'distribution', 'offline'] as const;

export const BUYER_TYPES = [
  'retailer',
  'distributor',
  'brand_owner',
  'consumer',
  'purchasing_agent',
  'overseas_marketplace_seller',
  'independent_site',
  'overseas_shop',
  'overseas_sme',
] as const;
/** Cross-border buyers who are local users abroad, not exporters to them. */
export const OVERSEAS_LOCAL_BUYERS = ['overseas_shop', 'overseas_sme'] as const;

/** The 20 downstream channels of distribution. */
export const DISTRIBUTION_CHANNELS = [
  'taobao',
  'tmall',
  'douyin',
  'pinduoduo',
  'kuaishou',
  'xiaohongshu',
  'jd',
  'wechat_channels',
  'wechat_mini',
  'weidian',
  'youzan',
  'dewu',
  'vipshop',
  'xianyu',
  'bilibili',
  'community_group',
  'temu',
  'shein',
  'aliexpress',
  'tiktok_shop',
] as const;
export const OFFLINE_CHANNELS = ['member_store', 'selection_centre'] as const;
/** '' = the source does not tell channels apart. */
export const WHOLESALE_CHANNELS = ['', 'wholesale'] as const;

export const MERCHANT_SIZES = ['', 'micro', 'small', 'medium', 'large'] as const;

/** ISO 3166-1 alpha-2; '' = unknown, which counts as at home. XK is the code in use for Kosovo. */
export const COUNTRIES = (
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC ' +
  'CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD ' +
  'GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH ' +
  'KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW ' +
  'MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC ' +
  'SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY ' +
  'UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW'
).split(' ');

/** Columns that the SELECTs of a source return, all of them text. */
export const MAPPED_COLUMNS = {
  orderLines: [
    '_file_no',
    '_line',
    'order_id',
    'line_no',
    'placed_at',
    'paid_at',
    'dispatched_at',
    'delivered_at',
    'updated_at',
    'status',
    'merchant_id',
    'buyer_id',
    'buyer_type',
    'buyer_country',
    'destination_country',
    'sales_mode',
    'channel',
    'sku_id',
    'sku_listed_on',
    'category',
    'quantity',
    'amount',
    'refund_amount',
    'currency',
    'is_custom',
    'is_factory_brand',
  ],
  merchants: [
    'merchant_id',
    'name',
    'owner_id',
    'size',
    'is_factory',
    'founded_on',
    'takeover_on',
    'successor_born',
    'successor_education',
    'tags',
  ],
  memberships: ['merchant_id', 'belt_id', 'valid_from', 'valid_to'],
  belts: [
    'belt_id',
    'name_zh',
    'name_en',
    'province',
    'city',
    'county',
    'adcode',
    'category_zh',
    'category_en',
    'longitude',
    'latitude',
  ],
} as const;

/** Columns that the SELECT of order lines may return beside those that it must. */
export const OPTIONAL_COLUMNS = ['ignored_because'] as const;
export type OptionalColumn = (typeof OPTIONAL_COLUMNS)[number];

export type MappedModel = keyof typeof MAPPED_COLUMNS;

/**
 * A text in which nothing can be seen: blanks, controls, and what only lays out, joins or fills. For the engine's regular expressions, which
 * have no name for characters that are ignored by default (Unicode's Default_Ignorable_Code_Point), so those that are no format are listed.
 */
export const BLANK =
  '^[\\s\\p{Z}\\p{Cc}\\p{Cf}\\x{034F}\\x{115F}\\x{1160}\\x{17B4}\\x{17B5}\\x{180B}-\\x{180F}\\x{2065}\\x{2800}\\x{3164}\\x{FE00}-\\x{FE0F}\\x{FFA0}\\x{FFF0}-\\x{FFF8}\\x{E0000}-\\x{E0FFF}]*$';

/**
 * An id that is a number with an exponent, in the engine's and JavaScript's syntax alike: a spreadsheet, or a program that read
 * the id as a number, has written it, and mostly rounded it before. As a point or a comma with an exponent (`1.23457E+15`, `1,23457e15`),
 * or whole with a signed one (`5E+10`), whatever its sign, in letters of double width, in white space, quotes or as a formula (`="1.23E+15"`).
 * `5E10` and `5E-10` are ids: hexadecimal numbers and names of shelves look like that.
 */
export const ROUNDED_NUMBER = (() => {
  const around = `[ "'=＝＂＇\u00a0\u3000\t\r\n]*`;
  const digits = '[0-9０-９]+';
  const mantissa = `[-+－＋−]?${digits}`;
  return `^${around}${mantissa}(?:[.,．，][0-9０-９]*[eEｅＥ][-+－＋−]?|[eEｅＥ][+＋])${digits}${around}$`;
})();

/** The lists as parameters of `stage-lines.sql`. */
export const LINE_VOCABULARY = {
  statuses: STATUSES,
  counted_statuses: COUNTED_STATUSES,
  sales_modes: SALES_MODES,
  buyer_types: ['', ...BUYER_TYPES],
  overseas_local: OVERSEAS_LOCAL_BUYERS,
  channels: [...WHOLESALE_CHANNELS, ...OFFLINE_CHANNELS, ...DISTRIBUTION_CHANNELS],
  wholesale_channels: WHOLESALE_CHANNELS,
  offline_channels: OFFLINE_CHANNELS,
  countries: ['', ...COUNTRIES],
  rounded_number: ROUNDED_NUMBER,
} as const;
