import { Color, ColorManagement } from "three";

// Thumbnails are shown as they are stored; nothing here computes with light.
ColorManagement.enabled = false;

/** How the map is painted; the defaults suit light paper. */
export interface Look {
  readonly accent: Color;
  readonly halo: Color;
  /** Of what is drawn and written under the pictures, CSS colours. */
  readonly line: string;
  readonly ink: string;
  readonly paper: string;
}

export const LIGHT: Look = {
  accent: new Color("#b3401f"), halo: new Color("#ffffff"), line: "#b9ae9a", ink: "#4a4439", paper: "#f6f2ea",
};
export const DARK: Look = {
  accent: new Color("#ff9466"), halo: new Color("#14130f"), line: "#5c564a", ink: "#cfc7b8", paper: "#191713",
};

/** Widths of outlines and lines, CSS pixels. */
export const OUTLINE = 3;
export const HALO = 5;
export const LINE = 1.5;
export const CATEGORY_FRAME = 3;
/** Free space between pictures, as a share of the cell's height. */
export const GUTTER = 0.05;
/** A thumbnail of 32 pixels is enough for a picture drawn no larger, device pixels of its longer side. */
export const SMALL_ENOUGH = 40;
/** Pages fade in over this time, milliseconds. */
export const SHARPENING = 180;
