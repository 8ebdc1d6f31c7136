/** Whether a text that people write is there where it is shown. */

/** What leaves something to see beside blanks and characters that only lay out or join others. */
const VISIBLE = /[^\s\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** Characters that are not seen, or turn the order of those about them, would let one name pass for another. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** Whether there is something to see in a text. */
export const isSeen = (text: string): boolean => VISIBLE.test(text);

/** Whether a text holds characters that nobody sees: fillers, joiners, marks of direction, controls. */
export const holdsUnseen = (text: string): boolean => UNSEEN.test(text);
