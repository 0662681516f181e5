/** Hands out a fixed number of places; when all are taken, the one unused for longest is given away. */
export class LeastRecent {
  private readonly places = new Map<string, number>();
  private readonly free: number[];

  constructor(readonly capacity: number) {
    this.free = Array.from({ length: capacity }, (_, k) => capacity - 1 - k);
  }

  /** The place of an id, or -1. */
  find(id: string): number {
    return this.places.get(id) ?? -1;
  }

  /** Marks an id as just used. */
  touch(id: string): void {
    const place = this.places.get(id);
    if (place === undefined) return;
    this.places.delete(id);
    this.places.set(id, place);
  }

  /** A place for an id, taken from the least recently used one if need be. */
  take(id: string): number {
    const known = this.find(id);
    if (known >= 0) {
      this.touch(id);
      return known;
    }
    let place = this.free.pop();
    if (place === undefined) {
      const [oldest] = this.places;
      place = oldest[1];
      this.places.delete(oldest[0]);
    }
    this.places.set(id, place);
    return place;
  }
}
