import { LinearFilter, LinearMipmapLinearFilter, Texture } from "three";

const PER_ROW = 10;
const WIDTH = 48;
const HEIGHT = 32;
/** What is free around a badge, so that its neighbours do not shine through when it is drawn small. */
const MARGIN = 2;
const GROUND = "#b3401f";
const INK = "#ffffff";

/** The counts on stacks of duplicates, 0 to 99, ready to be drawn: ten in a row, each in its pill; the last says "99+". */
export class Badges {
  readonly texture: Texture;
  readonly bytes = (4 / 3) * 4 * PER_ROW ** 2 * WIDTH * HEIGHT;

  constructor() {
    const canvas = new OffscreenCanvas(PER_ROW * WIDTH, PER_ROW * HEIGHT);
    const context = canvas.getContext("2d");
    if (context) paint(context);
    this.texture = new Texture(canvas);
    this.texture.flipY = false;
    this.texture.premultiplyAlpha = true;
    this.texture.generateMipmaps = true;
    this.texture.minFilter = LinearMipmapLinearFilter;
    this.texture.magFilter = LinearFilter;
    this.texture.needsUpdate = true;
  }
}

function paint(context: OffscreenCanvasRenderingContext2D): void {
  context.font = "700 21px system-ui, sans-serif";
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (let count = 0; count < PER_ROW ** 2; count++) {
    const x = (count % PER_ROW) * WIDTH;
    const y = Math.floor(count / PER_ROW) * HEIGHT;
    const [width, height] = [WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN];
    context.fillStyle = GROUND;
    context.beginPath();
    context.roundRect(x + MARGIN, y + MARGIN, width, height, height / 2);
    context.fill();
    context.fillStyle = INK;
    context.fillText(count === 99 ? "99+" : String(count), x + WIDTH / 2, y + HEIGHT / 2 + 1, width - 6);
  }
}
