/** Hours after payment in which goods are to be on their way, as marketplaces of the trade promise. */
export const DISPATCH_HOURS = 48;
/** Pieces from which on an order is no small one: between orders of shops that sell on, of some pieces, and lots of wholesale, of some thousand. */
export const SMALL_ORDER_PIECES = 100;
