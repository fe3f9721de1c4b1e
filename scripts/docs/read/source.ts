/** A page that a source offers, not yet read. */
export interface SourcePage {
  /** Its URL or file. */
  name: string;
  /** Reads its bytes. @throws {UnreadableError} when there are none to be had */
  load(): Promise<Uint8Array>;
}

/** The pages of a site, a folder or a file. */
export interface Source {
  pages: SourcePage[];
  /** The ids of all pages of a site. Only a whole site shows which pages are gone. */
  ids?: Set<number>;
}

/** Larger files and responses are not documentation pages. */
export const MAX_BYTES = 4 * 1024 * 1024;
