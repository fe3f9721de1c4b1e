const WIDTH = 30;

/** Where progress is shown: a bar on a terminal, a line for each page elsewhere. */
export class Progress {
  readonly #out: NodeJS.WriteStream;

  constructor(out: NodeJS.WriteStream = process.stderr) {
    this.#out = out;
  }

  /** Begins with a number of pages; call what it gives for each page that is done. */
  start(total: number): (name: string, reason?: string) => void {
    let done = 0;
    return (name, reason) => {
      done += 1;
      if (!this.#out.isTTY) {
        this.#out.write(`${done}/${total} ${name}${reason === undefined ? "" : `: ${reason}`}\n`);
        return;
      }
      const filled = Math.round((WIDTH * done) / total);
      const bar = "█".repeat(filled) + "░".repeat(WIDTH - filled);
      this.#out.write(`\r${bar} ${done}/${total}${done === total ? "\n" : ""}`);
    };
  }
}
