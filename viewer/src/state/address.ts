import type { Filter, Sheet } from "./store";

/** What the address of a view tells: enough to come back to it. */
export interface Address {
  readonly layout?: string;
  /** World point in the middle, units, and CSS pixels per unit. */
  readonly view?: { readonly x: number; readonly y: number; readonly scale: number };
  /** First eight hexadecimal digits of the open picture's key, and its index, which tells copies apart. */
  readonly item?: { readonly key: string; readonly index: number };
  readonly colour?: string;
  readonly filter?: Filter;
  readonly mode?: "points";
  readonly stacked?: true;
  readonly sheet?: Sheet;
}

const SHEETS: readonly Sheet[] = ["duplicates", "look-alikes"];

/** The part of an address after `#`. */
export function writeAddress({ layout, view, item, colour, filter, mode, stacked, sheet }: Address): string {
  const parts = new URLSearchParams();
  if (layout !== undefined) parts.set("layout", layout);
  if (view) parts.set("at", `${view.x.toFixed(1)},${view.y.toFixed(1)},${view.scale.toPrecision(5)}`);
  if (colour !== undefined) parts.set("colour", colour);
  if (filter) parts.set("only", writeFilter(filter));
  if (mode) parts.set("as", mode);
  if (stacked) parts.set("stacked", "");
  if (sheet) parts.set(sheet, "");
  if (item !== undefined) parts.set("item", `${item.key}.${item.index}`);
  return parts.toString().replaceAll("%2C", ",").replaceAll("%3A", ":").replace(/=(?=&|$)/g, "");
}

/** Reads what `writeAddress` has written; what makes no sense is left out. */
export function readAddress(hash: string): Address {
  const parts = new URLSearchParams(hash.replace(/^#/, ""));
  const layout = parts.get("layout");
  const view = readView(parts.get("at"));
  const item = readItem(parts.get("item"));
  const colour = parts.get("colour");
  const filter = readFilter(parts.get("only"));
  const sheet = SHEETS.find((name) => parts.has(name));
  return {
    ...(layout !== null && { layout }),
    ...(view && { view }),
    ...(item && { item }),
    ...(colour !== null && { colour }),
    ...(filter && { filter }),
    ...(parts.get("as") === "points" && { mode: "points" as const }),
    ...(parts.has("stacked") && { stacked: true as const }),
    ...(sheet && { sheet }),
  };
}

function readView(text: string | null) {
  const [x, y, scale] = (text ?? "").split(",").map(Number);
  return [x, y, scale].every(Number.isFinite) && scale > 0 ? { x, y, scale } : null;
}

function readItem(text: string | null) {
  const match = /^([0-9a-f]{8})\.(\d+)$/.exec(text ?? "");
  return match && { key: match[1], index: Number(match[2]) };
}

function writeFilter(filter: Filter): string {
  if (filter.kind === "tag") return `tag:${filter.tag}`;
  return filter.kind === "duplicates" ? "duplicates" : `${filter.slug}:${filter.code}`;
}

function readFilter(text: string | null): Filter | null {
  if (text === "duplicates") return { kind: "duplicates" };
  if (text?.startsWith("tag:")) return { kind: "tag", tag: text.slice("tag:".length) };
  const match = /^(.+):(\d+)$/.exec(text ?? "");
  return match && { kind: "category", slug: match[1], code: Number(match[2]) };
}
