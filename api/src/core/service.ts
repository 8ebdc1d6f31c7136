/** Hours after payment in which goods are to be on their way, as marketplaces of the trade promise. */
export const DISPATCH_HOURS = 48;
