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
export function rememberedOf<Key extends object, Value>(of: (key: Key) => Value): (key: Key) => Value {
  const known = new WeakMap<Key, { readonly value: Value }>();
  return (key) => {
    const found = known.get(key);
    if (found) return found.value;
    const value = of(key);
    known.set(key, { value });
    return value;
  };
}
