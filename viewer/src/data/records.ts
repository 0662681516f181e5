import { decodeNeighbours } from "./chunks";
import { Duplicates, type DuplicatesFile } from "./duplicates";
import { remembered } from "./remembered";
import { paged, type Site } from "./site";

/** Everything that is told of one item in words and numbers. */
export interface Facts {
  readonly key: string;
  readonly uri: string;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  readonly takenAt: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
  /** Address of the large picture, or null when the site has none. */
  readonly picture: string | null;
  /** Suggested words, each with its probability. */
  readonly names: readonly (readonly [string, number])[];
  readonly metadata: readonly (readonly [column: string, text: string])[];
}

export interface Neighbour {
  readonly item: number;
  /** Cosine similarity, 0…1. */
  readonly similarity: number;
}

interface FactsPage {
  key: string[];
  uri: string[];
  width: number[];
  height: number[];
  bytes: number[];
  taken_at: (string | null)[];
  latitude: (number | null)[];
  longitude: (number | null)[];
  picture: (string | null)[];
  names: [string, number][][];
  metadata: Record<string, (string | null)[]>;
}

const PAGE = 256;
const NOBODY = 0xffffffff;

/** Reads what is known of single items, 256 of them a request, each page once. */
export class Records {
  private readonly facts_ = new Map<number, Promise<FactsPage>>();
  private readonly neighbours_ = new Map<number, ReturnType<Records["neighboursPage"]>>();
  private readonly duplicates_ = new Map<string, Promise<Duplicates>>();

  constructor(private readonly site: Site) {}

  async facts(item: number): Promise<Facts> {
    const page = await remembered(this.facts_, item >> 8, (p) =>
      this.site.json<FactsPage>(paged("facts", p, ".json.gz"), "facts"),
    );
    const i = item % PAGE;
    const picture = page.picture[i];
    return {
      key: page.key[i],
      uri: page.uri[i],
      width: page.width[i],
      height: page.height[i],
      bytes: page.bytes[i],
      takenAt: page.taken_at[i],
      latitude: page.latitude[i],
      longitude: page.longitude[i],
      picture: picture === null ? null : this.site.address(picture, "pictures"),
      names: page.names[i],
      metadata: Object.entries(page.metadata).flatMap(([column, texts]) => {
        const text = texts[i];
        return text === null || text === "" ? [] : [[column, text] as const];
      }),
    };
  }

  /** The nearest items in the full space, nearest first. */
  async neighbours(item: number): Promise<readonly Neighbour[]> {
    const { k } = this.site.manifest.neighbours;
    const page = await remembered(this.neighbours_, item >> 8, (p) => this.neighboursPage(p, k));
    const start = (item % PAGE) * k;
    return Array.from(page.ids.subarray(start, start + k), (id, j) => ({
      item: id,
      similarity: page.similarity[start + j] / 255,
    })).filter((neighbour) => neighbour.item !== NOBODY);
  }

  duplicates(): Promise<Duplicates> {
    return remembered(this.duplicates_, "duplicates.json.gz", async (path) =>
      new Duplicates(await this.site.json<DuplicatesFile>(path, "duplicates")),
    );
  }

  private async neighboursPage(page: number, k: number) {
    return decodeNeighbours(await this.site.bytes(paged("neighbours", page, ".bin"), "neighbours"), k);
  }
}
