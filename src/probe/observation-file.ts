import { readFile, rename, writeFile } from "node:fs/promises";
import { mergeObservations, type Observations, parseObservations } from "amili-client/observe";

/** A file to which observations are added. */
export class ObservationFile {
  readonly #path: string;
  readonly #earlier: Observations | undefined;

  private constructor(path: string, earlier: Observations | undefined) {
    this.#path = path;
    this.#earlier = earlier;
  }

  /** Reads what is in the file, if it is there, so that a file of something else is refused before anything is sent. */
  static async open(path: string): Promise<ObservationFile> {
    try {
      return new ObservationFile(path, parseObservations(await readFile(path, "utf8")));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
      return new ObservationFile(path, undefined);
    }
  }

  async add(observations: Observations): Promise<void> {
    const merged = this.#earlier ? mergeObservations(this.#earlier, observations) : observations;
    const temporary = `${this.#path}.${process.pid}.tmp`;
    await writeFile(temporary, `${JSON.stringify(merged, null, 2)}\n`);
    await rename(temporary, this.#path);
  }
}
