import { inflate } from "./inflate";
import type { Manifest } from "./manifest";

/** The published folder: turns paths into addresses and addresses into bytes. */
export class Site {
  constructor(
    readonly base: URL,
    readonly manifest: Manifest,
  ) {}

  /** Address of a file; `family` is its key in `manifest.files`, which guards against stale caches. */
  address(path: string, family: string): string {
    const url = new URL(path, this.base);
    const hash = this.manifest.files[family] as string | undefined;
    if (hash !== undefined) url.search = `?v=${hash}`;
    return url.href;
  }

  async blob(path: string, family: string, signal?: AbortSignal): Promise<Blob> {
    return (await this.response(path, family, signal)).blob();
  }

  async bytes(path: string, family: string): Promise<ArrayBuffer> {
    return inflate(await (await this.response(path, family)).arrayBuffer());
  }

  async json<T>(path: string, family: string): Promise<T> {
    return JSON.parse(new TextDecoder().decode(await this.bytes(path, family))) as T;
  }

  private async response(path: string, family: string, signal?: AbortSignal): Promise<Response> {
    const response = await fetch(this.address(path, family), signal ? { signal } : {});
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return response;
  }
}

/** Path of a file that is one of many: `t128/0/17.webp`. */
export function paged(folder: string, page: number, suffix: string): string {
  return `${folder}/${page >> 8}/${page}${suffix}`;
}
