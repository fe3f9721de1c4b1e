const WIDTH = 30;

/** Called for each page that is done, with the reason when it is unreadable. */
export type Progress = (done: number, total: number, page: string, reason?: string) => void;

/** Writes progress to a stream: a bar on a terminal, a line for each page elsewhere. */
export function progressOn(out: NodeJS.WriteStream): Progress {
  return (done, total, page, reason) => {
    if (!out.isTTY) {
      out.write(`${done}/${total} ${page}${reason === undefined ? "" : `: ${reason}`}\n`);
      return;
    }
    const filled = Math.round((WIDTH * done) / total);
    out.write(`\r${"█".repeat(filled)}${"░".repeat(WIDTH - filled)} ${done}/${total}${done === total ? "\n" : ""}`);
  };
}
