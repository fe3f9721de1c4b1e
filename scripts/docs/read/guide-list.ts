import { UnreadableError } from "../unreadable-error.js";
import { asObject } from "./json.js";
import type { ParsedYaml } from "./parse-yaml.js";

/** What the specs took from a guide, and how it read then. */
export interface KnownGuide {
  index: number;
  id: number;
  slug: string;
  title: string;
  /** Whether its page may be gone. */
  deprecated: boolean;
  /** The day on which its sections were recorded; `null` before the first time. */
  read: string | null;
  /** The places of the specs that rest on it. */
  places: string[];
  sections: KnownSection[];
}

export interface KnownSection {
  heading: string;
  /** A fingerprint of each line. */
  lines: string[];
  /** Where not those of the whole guide. */
  places?: string[];
}

export const GUIDES = "guides.yaml";

/** The guides in `guides.yaml`. */
export function readGuideList({ value }: Pick<ParsedYaml, "value">): KnownGuide[] {
  const { guides } = asObject(value);
  if (!Array.isArray(guides)) throw new UnreadableError("no list of guides");
  return (guides as Partial<KnownGuide>[]).map((guide, index) => {
    if (typeof guide.id !== "number" || typeof guide.slug !== "string")
      throw new UnreadableError(`guide ${index + 1} has no id or slug`);
    const { id, slug, title = "", deprecated = false, read = null, places = [], sections = [] } = guide;
    return { index, id, slug, title, deprecated, read, places, sections };
  });
}
