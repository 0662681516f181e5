import { describe, expect, test, vi } from "vitest";
import { Store, type Shown } from "../../src/state/store";

const blank: Shown = {
  layout: "tsne", mode: "pictures", colour: null, filter: null,
  stacked: false, sheet: null, picked: null, open: false, hovered: null, panel: true, settled: false,
};

describe("the store", () => {
  test("tells what was before a change", () => {
    const store = new Store(blank);
    const told = vi.fn<(colour: string | null) => void>();
    store.addEventListener("change", (event) => told((event as CustomEvent<Shown>).detail.colour));
    store.set({ colour: "c0" });
    expect(told).toHaveBeenCalledWith(null);
    expect(store.shown.colour).toBe("c0");
  });

  test("is silent when nothing changes", () => {
    const store = new Store(blank);
    const told = vi.fn();
    store.addEventListener("change", told);
    store.set({ colour: null, panel: true });
    expect(told).not.toHaveBeenCalled();
  });

  test("opens a visited picture and sends the map there", () => {
    const store = new Store(blank);
    const went = vi.fn<(destination: unknown) => void>();
    store.addEventListener("go", (event) => went((event as CustomEvent<unknown>).detail));
    store.visit(12);
    expect(store.shown).toMatchObject({ picked: 12, open: true });
    expect(went).toHaveBeenCalledWith({ kind: "item", item: 12 });
  });
});
