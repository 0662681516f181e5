import type { Camera } from "../camera";
import { captureKeyboard } from "./keyboard";
import type { Intentions } from "./intentions";
import { capturePointer } from "./pointer";
import { captureWheel } from "./wheel";

type Rest = Omit<Intentions, "pan" | "glide" | "zoom"> & { /** The visitor has taken the map in hand. */ took(): void };

/** Lets all devices steer a camera, and passes on what they want besides. */
export function capture(canvas: HTMLCanvasElement, camera: Camera, rest: Rest): void {
  const intentions: Intentions = {
    ...rest,
    pan(dx, dy) {
      rest.took();
      camera.panBy(dx, dy);
    },
    glide: (speed) => camera.glide(speed),
    zoom(factor, at, soft) {
      rest.took();
      if (soft) camera.zoomBy(factor, at.x, at.y);
      else camera.zoomAt(factor, at.x, at.y);
    },
  };
  capturePointer(canvas, intentions);
  captureWheel(canvas, intentions);
  captureKeyboard(canvas, intentions);
}
