/** The demo cannot be made as it was asked for; nothing was written. The message says what to ask for instead. */
export class DemoRefusal extends Error {
  override readonly name = 'DemoRefusal';
}
