import { Collection } from "./data/collection";
import { loadManifest } from "./data/manifest";
import { Site } from "./data/site";
import { PictureMap } from "./scene/map";
import { Catalogue } from "./state/catalogue";
import { Store, type Destination, type Shown } from "./state/store";
import { Trail } from "./state/trail";
import type { App } from "./ui/app";
import "./ui/app";
import { strings } from "./ui/strings";
import { transferred } from "./data/transfer";

/** From this width on the panel stands beside the map and not on it, CSS pixels. */
const ROOM_FOR_PANEL = 760;
const PANEL = 304;
const FOLDED_PANEL = 92;
/** The parts of the state that decide how the items are seen on the map. */
const SHOWN = ["mode", "colour", "filter", "stacked"] as const satisfies readonly (keyof Shown)[];
/** Lines drawn from a picked picture. */
const LINES = 12;

const canvas = document.querySelector<HTMLCanvasElement>("#map");
const ground = document.querySelector<HTMLCanvasElement>("#ground");
const app = document.querySelector<App>("ba-app");
if (canvas && ground && app) void open(canvas, ground, app).catch((reason: unknown) => fail(strings.noSite(String(reason))));

async function open(canvas: HTMLCanvasElement, ground: HTMLCanvasElement, app: App): Promise<void> {
  if (!document.createElement("canvas").getContext("webgl2")) {
    fail(strings.noWebgl);
    return;
  }
  const base = new URL(".", document.baseURI);
  const manifest = await loadManifest(base);
  const collection = new Collection(new Site(base, manifest));
  const catalogue = new Catalogue(collection);
  const first = manifest.layouts[0].name;
  const wide = window.matchMedia(`(min-width: ${ROOM_FOR_PANEL + 1}px)`);
  const store = new Store({
    layout: first, mode: "pictures", colour: null, filter: null, stacked: false,
    sheet: null, picked: null, open: false, hovered: null, panel: wide.matches, settled: false,
  });
  const trail = new Trail(store, catalogue, first);
  canvas.setAttribute("aria-label", strings.mapLabel(manifest.title, manifest.n));

  const map = new PictureMap(canvas, ground, collection, {
    hover: (item, { x, y }) => store.set({ hovered: item === null ? null : { item, x, y } }),
    pick: (item) => store.set({ picked: item, open: item !== null, hovered: null }),
    settle: () => trail.look(map.camera.state),
    sharp: () => store.set({ settled: true }),
  });
  Object.assign(window, { bilderatlas: { stats: () => ({ ...map.stats(), ...transferred() }) } });

  const arranged = join(map, store, catalogue, collection);
  map.arrange(collection.first, await collection.backdrop(first));
  const cover = () => map.cover(wide.matches
    ? { left: store.shown.panel ? PANEL : 0, bottom: 0 }
    : { left: 0, bottom: FOLDED_PANEL });
  wide.addEventListener("change", cover);
  cover();

  let loaded = false;
  for await (const count of collection.load()) {
    map.grew(count);
    if (loaded) continue;
    loaded = true;
    app.catalogue = catalogue;
    app.store = store;
    const view = await trail.follow();
    if (!view) continue;
    await arranged();
    map.look(view);
  }
}

/** Carries what the visitor chooses to the map; returns what tells when the chosen layout is there. */
function join(map: PictureMap, store: Store, catalogue: Catalogue, collection: Collection): () => Promise<void> {
  let arranged = Promise.resolve();
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const settings = () => {
    map.camera.motion = !still.matches;
    map.paint(dark.matches);
  };
  still.addEventListener("change", settings);
  dark.addEventListener("change", settings);
  settings();

  store.addEventListener("change", (event) => {
    const before = (event as CustomEvent<Shown>).detail;
    const now = store.shown;
    if (before.layout !== now.layout) arranged = arrange(map, store, collection);
    if (SHOWN.some((part) => before[part] !== now[part])) void show(map, store, catalogue);
    if (before.picked !== now.picked || before.stacked !== now.stacked) void mark(map, store, catalogue);
  });
  catalogue.tags.addEventListener("change", () => {
    const { filter } = store.shown;
    if (filter?.kind === "tag") store.set({ filter: catalogue.tags.has(filter.tag) ? { ...filter } : null });
  });
  store.addEventListener("go", (event) => {
    const destination = (event as CustomEvent<Destination>).detail;
    if (destination.kind === "home") map.goHome();
    else if (destination.kind === "item") map.flyToItem(destination.item);
    else if (destination.kind === "part") map.flyToPart(destination.x, destination.y, destination.radius);
    else map.zoom(destination.factor);
  });
  return () => arranged;
}

async function arrange(map: PictureMap, store: Store, collection: Collection): Promise<void> {
  const { layout } = store.shown;
  const [arrangement, backdrop] = await Promise.all([collection.arrange(layout), collection.backdrop(layout)]);
  if (store.shown.layout === layout) map.arrange(arrangement, backdrop);
}

async function show(map: PictureMap, store: Store, catalogue: Catalogue): Promise<void> {
  const { shown } = store;
  const { mode, colour, filter, stacked } = shown;
  const [mask, colours, stack] = await Promise.all([
    filter && catalogue.mask(filter, stacked),
    colour === null ? null : catalogue.colours(colour),
    stacked ? catalogue.stack() : null,
  ]);
  if (SHOWN.every((part) => store.shown[part] === shown[part])) map.show({ mode, mask, colours, stack });
}

async function mark(map: PictureMap, store: Store, catalogue: Catalogue): Promise<void> {
  const { picked, stacked } = store.shown;
  map.pick(picked, []);
  if (picked === null) return;
  const [neighbours, stack] = await Promise.all([catalogue.neighbours(picked), stacked ? catalogue.stack() : null]);
  if (store.shown.picked !== picked || store.shown.stacked !== stacked) return;
  map.pick(picked, neighbours.filter(({ item }) => stack?.[item] !== 0).slice(0, LINES));
}

/** Says why there is no map, and shows the poster instead. */
function fail(sentence: string): void {
  const poster = document.createElement("img");
  poster.className = "poster";
  poster.src = "poster.webp";
  poster.alt = document.title;
  const message = document.createElement("p");
  message.className = "failure";
  message.role = "alert";
  message.textContent = sentence;
  document.body.replaceChildren(poster, message);
}
