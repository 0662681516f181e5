/** What has been loaded under a key, or is being loaded; loaded by `load` when it is first asked for. */
export function remembered<K, T>(cache: Map<K, Promise<T>>, key: K, load: (key: K) => Promise<T>): Promise<T> {
  let found = cache.get(key);
  if (!found) {
    found = load(key);
    found.catch(() => cache.delete(key)); // a lost connection must not be remembered for ever
    cache.set(key, found);
  }
  return found;
}
