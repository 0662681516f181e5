import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { Shown, Store } from "../state/store";

/** Redraws a component when one of the parts of the state that it shows has changed. */
export class Watch implements ReactiveController {
  constructor(
    private readonly host: ReactiveControllerHost & { store: Store },
    private readonly parts: readonly (keyof Shown)[],
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    this.host.store.addEventListener("change", this.changed);
  }

  hostDisconnected(): void {
    this.host.store.removeEventListener("change", this.changed);
  }

  private readonly changed = (event: Event): void => {
    const before = (event as CustomEvent<Shown>).detail;
    const { shown } = this.host.store;
    if (this.parts.some((part) => before[part] !== shown[part])) this.host.requestUpdate();
  };
}
