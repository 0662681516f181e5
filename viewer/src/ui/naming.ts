import type { Facts, Manifest } from "../state/catalogue";

/** What a picture is called: its title where the collection has one, else its file's name; and its class. */
export function nameOf(facts: Facts, manifest: Manifest): { name: string; label: string | null } {
  const metadata = new Map(facts.metadata);
  const labelColumn = manifest.columns.find((column) => column.label)?.name;
  const file = facts.uri.slice(facts.uri.lastIndexOf("/") + 1);
  return {
    name: metadata.get("title") ?? file,
    label: (labelColumn === undefined ? undefined : metadata.get(labelColumn)) ?? null,
  };
}
