/**
 * Opens the journal of the first argument and writes until it is killed. Prints "open" or the error, then each key once the
 * write has resolved.
 */
import { fileJournal } from "amili-client/node";
import { OWNER } from "./owner.js";

const [path = "", lists = "Infinity"] = process.argv.slice(2);
const journal = fileJournal(path);
try {
  await journal.open(OWNER);
} catch (error) {
  console.log(String(error));
  process.exit(1);
}
console.log("open");
for (let list = 0; list < Number(lists); list++) {
  const keys = Array.from({ length: 20 }, (_, at) => `${process.pid}-${list}-${at}`);
  await journal.write(keys.map((key) => ({ key, state: "sending", since: new Date().toISOString() })));
  console.log(keys.join("\n"));
}
// Keeps the journal open.
setInterval(() => {}, 1_000_000);
