import type { ReactiveController, ReactiveControllerHost } from "lit";

/** Rows drawn at once. */
const STEP = 24;

/**
 * Lets a long list grow as it is scrolled: its host draws the first `count` rows and, while there are more,
 * an element `.more` after them; when that comes into sight, `count` goes up.
 */
export class Growing implements ReactiveController {
  count = STEP;
  private readonly sight = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    this.count += STEP;
    this.host.requestUpdate();
  });

  constructor(private readonly host: ReactiveControllerHost & { readonly renderRoot: ParentNode }) {
    host.addController(this);
  }

  /** Observed anew after each growth: it may still be in sight, which would not be told again. */
  hostUpdated(): void {
    this.sight.disconnect();
    const more = this.host.renderRoot.querySelector(".more");
    if (more) this.sight.observe(more);
  }

  hostDisconnected(): void {
    this.sight.disconnect();
  }
}
