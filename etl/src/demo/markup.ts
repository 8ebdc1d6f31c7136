/** Price of a piece against wholesale. */
export const MARKUP = { wholesale: 1, distribution: 1.35, offline: 1.12 };
export const MARKUP_ABROAD = 1.06;
export const CUSTOM_OR_BRAND = { custom: 1.15, brand: 1.1 };
