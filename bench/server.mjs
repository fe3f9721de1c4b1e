/** Answers every request with the documentation's AR item. Runs in a process of its own and tells it its port. */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { parse } from "yaml";

const spec = parse(readFileSync(new URL("../openapi/accounts-receivable.yaml", import.meta.url), "utf8"));
const { examples } =
  spec.paths["/clients/{clientno}/aritems/{aritemid}"].get.responses[200].content["application/json"];
const body = Buffer.from(JSON.stringify(examples.plain.value));
const headers = { "content-type": "application/json", "content-length": body.length };

const server = createServer((_, response) => response.writeHead(200, headers).end(body));
// No connection may end of old age between two rounds.
server.keepAliveTimeout = 0;
server.listen(0, "127.0.0.1", () => process.send(server.address().port));
process.on("disconnect", () => process.exit());
