/** Every word that the visitor reads; translate this file. */

const number = new Intl.NumberFormat("en");
const value = new Intl.NumberFormat("en", { maximumSignificantDigits: 4, useGrouping: "min2" });
const rough = new Intl.NumberFormat("en", { maximumSignificantDigits: 1 });
const day = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeZone: "UTC" });
const date = new Intl.DateTimeFormat("en", { dateStyle: "long", timeZone: "UTC" });

function plural(n: number, one: string, many: string): string {
  return `${number.format(n)} ${n === 1 ? one : many}`;
}

export const strings = {
  number: (n: number) => number.format(n),
  pictures: (n: number) => plural(n, "picture", "pictures"),
  mapLabel: (title: string, n: number) =>
    `Map of ${plural(n, "picture", "pictures")}: ${title}. Arrow keys move, plus and minus zoom, 0 shows all, Enter opens the picture in the middle.`,
  panel: "About and filters",
  openPanel: "Open the panel",
  closePanel: "Close the panel",
  arranged: {
    grid: "Pictures that look alike stand together, in rows and columns",
    facet: "Each group of pictures has a box of its own",
    time: "Pictures are stacked over their dates",
    map: "Pictures stand where they were taken",
    xy: "Pictures stand by their numbers",
  } as Readonly<Record<string, string>>,
  about: (kind: string, title: string, kept: number | undefined) =>
    `${strings.arranged[kind] ?? "Pictures that look alike stand together"} (${title}).` +
    (kept === undefined
      ? ""
      : ` Of the ten pictures most like one, ${(10 * kept).toFixed(kept < 0.995 ? 1 : 0)} on average are among its ten nearest on this map; the lines from a picture always show the true ones.`),
  layouts: "Layout",
  keeps: (share: number) => `keeps ${Math.round(100 * share)}%`,
  keepsWhat: "Share of the ten pictures most like a picture that stand beside it on this map",
  placeless: (n: number) =>
    `${plural(n, "picture has", "pictures have")} no place on this map.`,
  written: "Written on the map",
  belief: "How far can this map be believed?",
  error: (error: number) => `(± ${rough.format(error)})`,
  places: "Places on this map",
  trust: "Trust in this map",
  measures: {
    kept: "neighbours kept",
    false: "false neighbours",
    misplaced: "no good place here",
  } as Readonly<Record<string, string>>,
  tags: "Tags",
  tagsOf: "Tags of this picture",
  newTag: "New tag",
  addTag: "Add",
  removeTag: (word: string) => `Remove the tag ${word}`,
  tagAdded: (word: string) => `${word} added`,
  tagRemoved: (word: string) => `${word} removed`,
  saveTags: "Save as CSV",
  tagsKept: "Tags are kept in this browser only.",
  tagsFile: (title: string) => `${title} tags.csv`,
  clusters: "Clusters",
  cluster: (index: number) => `Cluster ${index + 1}`,
  showAs: "Show as",
  modes: { pictures: "Pictures", points: "Points" },
  colourBy: "Colour and filter by",
  noColour: "nothing",
  onlyThese: (value: string) => `Show only ${value}`,
  others: "other values",
  clearFilter: "Show all",
  duplicates: "Duplicates",
  counts: (groups: number, items: number, spare: number) =>
    `${plural(groups, "group", "groups")} · ${plural(items, "picture", "pictures")} · ${number.format(spare)} could go`,
  pairs: (n: number) => (n === 1 ? "1 pair looks alike" : `${number.format(n)} pairs look alike`),
  onlyDuplicates: "Only duplicates",
  stack: "Stack duplicates",
  sheets: { duplicates: "Duplicates", "look-alikes": "Look-alikes" },
  groups: (n: number) => `Same picture · ${number.format(n)}`,
  pairsOf: (n: number) => `Look-alikes · ${number.format(n)}`,
  duplicatesAre: "Copies of one picture; the best of each group is marked.",
  lookAlikesAre: "Different pictures, often of one thing; none is a copy.",
  group: (kind: "exact" | "same", copies: number) =>
    `${plural(copies, "copy", "copies")} · ${kind === "exact" ? "same bytes" : "same picture"}`,
  copy: (place: number, edits: string) => (place === 0 ? "best copy" : edits || "identical"),
  alike: (share: number) => `${Math.round(100 * share)}% alike`,
  picture: "Picture",
  lostDuplicates: "The duplicates could not be loaded. Close this and open it again.",
  oddities: "Oddities",
  least: "least",
  median: "median",
  most: "most",
  value: (n: number) => value.format(n),
  day: (seconds: number) => day.format(new Date(1000 * seconds)),
  without: (n: number) => `${number.format(n)} without a value`,
  found: (recall: number | null) =>
    recall === null ? "" : `${value.format(100 * recall)}% of the nearest pictures are found (measured).`,
  problems: (n: number) => (n === 1 ? "1 input could not be used" : `${number.format(n)} inputs could not be used`),
  zoomIn: "Zoom in",
  zoomOut: "Zoom out",
  wholeMap: "Show the whole map",
  close: "Close",
  previous: "Previous picture",
  next: "Next picture",
  samePicture: "Same picture",
  openCopy: (how: string) => `Open this copy: ${how}`,
  nearest: "Most alike",
  similarity: (share: number) => `${Math.round(100 * share)}%`,
  openNeighbour: (share: number) => `Open this picture, ${Math.round(100 * share)}% alike`,
  looksLike: "Looks like",
  fact: {
    size: "Size",
    date: "Taken",
    place: "Place",
    file: "File",
  },
  size: (width: number, height: number) => `${width} × ${height} px`,
  bytes: (n: number) =>
    n < 1e6 ? `${number.format(Math.max(1, Math.round(n / 1e3)))} KB` : `${(n / 1e6).toFixed(1)} MB`,
  date: (iso: string) => date.format(new Date(iso)),
  place: (latitude: number, longitude: number) =>
    `${Math.abs(latitude).toFixed(4)}° ${latitude < 0 ? "S" : "N"}, ${Math.abs(longitude).toFixed(4)}° ${longitude < 0 ? "W" : "E"}`,
  lost: "What is known of this picture could not be loaded. Close it and open it again.",
  original: "Open the picture alone",
  noWebgl: "This map needs WebGL 2, which this browser does not offer; the picture shows the map as it is.",
  noSite: (reason: string) => `The map could not be loaded (${reason}). It must be served by a web server, not opened as a file.`,
} as const;
