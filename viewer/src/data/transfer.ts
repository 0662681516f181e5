/** Bytes and requests of the page so far as the browser counts them: documents, scripts, styles, data, pictures. */
export function transferred(): { bytesLoaded: number; requests: number } {
  const entries = [
    ...performance.getEntriesByType("navigation"),
    ...performance.getEntriesByType("resource"),
  ] as PerformanceResourceTiming[];
  return {
    bytesLoaded: entries.reduce((sum, { transferSize }) => sum + transferSize, 0),
    requests: entries.length,
  };
}
