// Unpacks the browser, its software renderer, its libraries and a font into the folder TMPDIR.
import { fileURLToPath } from "node:url";
import chromium, { inflate } from "@sparticuz/chromium";

const packed = new URL("../bin/", import.meta.resolve("@sparticuz/chromium"));
await chromium.executablePath();
await inflate(fileURLToPath(new URL("al2023.tar.br", packed)));
