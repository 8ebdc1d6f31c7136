/** There is not enough room on a disk for what comes next; the message says for itself on which one, and what can be done. */
export class NoRoomError extends Error {
  override readonly name = 'NoRoomError';
}
