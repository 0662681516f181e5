/** A picture's words, and the address by which people know it. */
interface Tagged {
  readonly uri: string;
  readonly words: readonly string[];
}

/** Where texts are kept: the browser's `localStorage`, or a test's. */
export type Keeper = Pick<Storage, "getItem" | "setItem">;

/** The words that the visitor has put on pictures, by key; kept in the browser, one entry a site. */
export class Tags extends EventTarget {
  private tagged: Map<string, Tagged>;

  constructor(
    private readonly keeper: () => Keeper,
    private readonly place: string,
  ) {
    super();
    this.tagged = this.kept(new Map());
  }

  of(key: string): readonly string[] {
    return this.tagged.get(key)?.words ?? [];
  }

  /** Puts a word on a picture; returns it as it is kept, or null when there was nothing new. */
  add(key: string, uri: string, text: string): string | null {
    this.tagged = this.kept(this.tagged); // another window may have changed them since
    const word = text.trim().replace(/\s+/g, " ");
    const words = this.of(key);
    if (word === "" || words.includes(word)) return null;
    this.change(key, { uri, words: [...words, word] });
    return word;
  }

  remove(key: string, word: string): void {
    this.tagged = this.kept(this.tagged);
    const entry = this.tagged.get(key);
    if (entry) this.change(key, { ...entry, words: entry.words.filter((other) => other !== word) });
  }

  has(word: string): boolean {
    return this.keysOf(word).length > 0;
  }

  keysOf(word: string): string[] {
    return [...this.tagged].filter(([, { words }]) => words.includes(word)).map(([key]) => key);
  }

  /** Every word with how many pictures have it, by the alphabet. */
  counts(): (readonly [word: string, count: number])[] {
    const counts = new Map<string, number>();
    for (const { words } of this.tagged.values()) {
      for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
    }
    return [...counts].sort(([a], [b]) => a.localeCompare(b));
  }

  /** A table with the columns key, uri, tag, as `bilderatlas classify --tags` reads it. */
  csv(): string {
    const rows = [...this.tagged].flatMap(([key, { uri, words }]) => words.map((word) => [key, uri, word]));
    return [["key", "uri", "tag"], ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
  }

  private change(key: string, entry: Tagged): void {
    if (entry.words.length > 0) this.tagged.set(key, entry);
    else this.tagged.delete(key);
    try {
      this.keeper().setItem(this.place, JSON.stringify([...this.tagged]));
    } catch {
      // A browser that keeps nothing, or no more: they last as long as the page.
    }
    this.dispatchEvent(new Event("change"));
  }

  private kept(otherwise: Map<string, Tagged>): Map<string, Tagged> {
    try {
      const text = this.keeper().getItem(this.place);
      return text === null ? otherwise : new Map(JSON.parse(text) as [string, Tagged][]);
    } catch {
      return otherwise;
    }
  }
}

function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
