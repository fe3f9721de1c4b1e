import type { Batch } from "./model.js";
import type { Organization } from "./organization.js";

interface Found {
  org: Organization;
  index: number;
  batch: Batch;
}

/** More batches than an organisation can have; keeps the indices of one apart from those of the next. */
const SPAN = 2 ** 32;

/** The batches of all organisations that were named so far, one organisation after the other. */
export class AllBatches {
  readonly #organizations: Organization[];

  constructor(organizations: Organization[]) {
    this.#organizations = organizations;
  }

  at(position: number): Found | undefined {
    const org = this.#organizations[Math.floor(position / SPAN)];
    const index = position % SPAN;
    const batch = org?.batches.at(index);
    return org && batch && { org, index, batch };
  }

  *indices(from: number, descending: boolean): Generator<number> {
    const first = Math.floor(from / SPAN);
    const organizations = [...this.#organizations.entries()].filter(([no]) => (descending ? no <= first : no >= first));
    for (const [no, { batches }] of descending ? organizations.reverse() : organizations) {
      const start = no === first ? from % SPAN : descending ? SPAN : 0;
      for (const index of batches.indices(start, descending)) yield no * SPAN + index;
    }
  }
}
