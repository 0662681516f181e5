import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { Catalogue } from "../state/catalogue";

/** Redraws a component when the visitor's tags have changed. */
export class Tagged implements ReactiveController {
  constructor(private readonly host: ReactiveControllerHost & { catalogue: Catalogue }) {
    host.addController(this);
  }

  hostConnected(): void {
    this.host.catalogue.tags.addEventListener("change", this.changed);
  }

  hostDisconnected(): void {
    this.host.catalogue.tags.removeEventListener("change", this.changed);
  }

  private readonly changed = (): void => this.host.requestUpdate();
}
