/** The closed lists of the order columns. An order carries indexes into them; the row writer turns them to text. */

import { DISTRIBUTION_CHANNELS, OFFLINE_CHANNELS } from '../jobs/load/canonical-model.ts';

export { STATUSES } from '../jobs/load/canonical-model.ts';

export const BUYER_TYPES = [
  'retailer',
  'distributor',
  'brand_owner',
  'purchasing_agent',
  'overseas_marketplace_seller',
  'independent_site',
  'overseas_shop',
  'overseas_sme',
] as const;
export type BuyerType = (typeof BUYER_TYPES)[number];

/** Not downstream: wholesale itself and the two offline channels. */
export const UPSTREAM_CHANNELS = ['wholesale', ...OFFLINE_CHANNELS] as const;
export const DOWNSTREAM_CHANNELS = DISTRIBUTION_CHANNELS;
export const CHANNELS = [...UPSTREAM_CHANNELS, ...DOWNSTREAM_CHANNELS] as const;
export type Channel = (typeof CHANNELS)[number];

/** ISO 3166-1 alpha-2; China first. VN and KZ have the local pilots. */
export const COUNTRIES = [
  'CN', 'VN', 'KZ', 'US', 'JP', 'KR', 'RU', 'MY', 'TH', 'PH', 'ID', 'SG', 'AU', 'GB', 'DE', 'FR', 'ES', 'IT', 'PL',
  'NL', 'BR', 'MX', 'CL', 'AE', 'SA', 'TR', 'NG', 'ZA', 'UZ', 'KG', 'MN', 'KH',
] as const; // prettier-ignore
export const CHINA = 0;

/** Index = bit 1 custom, bit 2 brand. */
export const OPTIONS = ['', 'custom', 'brand', 'custom+brand'] as const;
export const CUSTOM = 1;
export const BRAND = 2;

export const ORDER_COLUMNS =
  'order_id,line_no,placed_at,paid_at,dispatched_at,delivered_at,updated_at,status,merchant_id,buyer_id,buyer_type,' +
  'buyer_country,destination_country,channel,sku_id,quantity,amount,refund_amount,options';

/** Ids as they stand in all files. */
export const merchantId = (index: number): string => `M${String(index + 1).padStart(6, '0')}`;
export const skuId = (index: number): string => `S${String(index + 1).padStart(7, '0')}`;
export const ownerId = (index: number): string => `L${String(index + 1).padStart(6, '0')}`;
