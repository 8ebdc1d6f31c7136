/**
 * A function that remembers what it gave, for what is asked again and again and is dear to make. The values are shared: who gets one
 * must not write to it. Beyond `most` keys it begins anew.
 */
export function remembered<Key, Value>(of: (key: Key) => Value, most: number): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    if (known.size === most) known.clear();
    const value = of(key);
    known.set(key, value);
    return value;
  };
}

/** The same of objects, by which one it is and for as long as it is there. */
export const rememberedOf = <Key extends object, Value>(of: (key: Key) => Value): ((key: Key) => Value) =>
  rememberedBy((key) => key, of);

/** The same of what is made anew each time around an object that stays: by that one. What is made must not rest on the rest. */
export function rememberedBy<From, Key extends object, Value>(
  keyOf: (from: From) => Key,
  of: (from: From) => Value,
): (from: From) => Value {
  const known = new WeakMap<Key, { readonly value: Value }>();
  return (from) => {
    const key = keyOf(from);
    const found = known.get(key);
    if (found) return found.value;
    const value = of(from);
    known.set(key, { value });
    return value;
  };
}
