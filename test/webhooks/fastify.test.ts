import { toNodeHandler } from "amili-client/webhooks";
import fastify from "fastify";
import { addressOf, receives } from "./scenario.js";

receives("Fastify", async (handle) => {
  const app = fastify();
  const listener = toNodeHandler(handle);
  // In its own scope, so that other routes keep their parsers.
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", (_request, _payload, done) => done(null));
    scope.post("/amili", (request, reply) => {
      reply.hijack();
      return listener(request.raw, reply.raw);
    });
  });
  await app.listen({ host: "127.0.0.1", port: 0 });
  return addressOf(app.server);
});
