/** Every word that the visitor reads; translate this file. */

const number = new Intl.NumberFormat("en");
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
  about: (title: string, kept: number | undefined) =>
    `Pictures that look alike stand together (${title}).` +
    (kept === undefined
      ? ""
      : ` Of the ten pictures most like one, ${(10 * kept).toFixed(kept < 0.995 ? 1 : 0)} on average are among its ten nearest on this map; the lines from a picture always show the true ones.`),
  layouts: "Layout",
  clusters: "Clusters",
  cluster: (index: number) => `Cluster ${index + 1}`,
  showAs: "Show as",
  modes: { pictures: "Pictures", points: "Points" },
  colourBy: "Colour and filter by",
  noColour: "nothing",
  onlyThese: (value: string) => `Show only ${value}`,
  others: "other values",
  clearFilter: "Show all",
  duplicates: (items: number) =>
    items === 1 ? "1 picture occurs more than once" : `${number.format(items)} pictures occur more than once`,
  problems: (n: number) => (n === 1 ? "1 input could not be used" : `${number.format(n)} inputs could not be used`),
  zoomIn: "Zoom in",
  zoomOut: "Zoom out",
  wholeMap: "Show the whole map",
  close: "Close",
  previous: "Previous picture",
  next: "Next picture",
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
  sameBytes: (others: number) =>
    `The same file is here ${others === 1 ? "once more" : `${number.format(others)} times more`}`,
  samePicture: (others: number) =>
    `The same picture is here ${others === 1 ? "once more" : `${number.format(others)} times more`}, changed a little`,
  lost: "What is known of this picture could not be loaded. Close it and open it again.",
  original: "Open the picture alone",
  noWebgl: "This map needs WebGL 2, which this browser does not offer; the picture shows the map as it is.",
  noSite: (reason: string) => `The map could not be loaded (${reason}). It must be served by a web server, not opened as a file.`,
} as const;
