import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { signWebhook, type WebhookHandler } from "amili-client/webhooks";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { BATCH, HMAC, receiver } from "./support.js";

/** Starts a server on loopback that is closed after the test. Returns its address. */
export async function addressOf(server: Server): Promise<string> {
  if (!server.listening) await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/amili`;
}

/** The tests that every server must pass. `start` returns the address of the handler. */
export function receives(server: string, start: (handle: WebhookHandler) => Promise<string>): void {
  async function started(onEvent = vi.fn<() => unknown>()) {
    const { handle, onError } = receiver({ onEvent });
    const url = await start(handle);
    const send = async (init: RequestInit) => {
      const response = await fetch(url, init);
      return [response.status, await response.text()];
    };
    return { onEvent, onError, send };
  }

  describe(server, () => {
    it("handles a delivery with a valid signature", async () => {
      const { onEvent, send } = await started();
      expect(await send(await signWebhook(BATCH, HMAC))).toEqual([200, ""]);
      expect(onEvent.mock.calls[0]).toMatchObject([{ type: "BATCH_COMPLETED", data: BATCH.data }, {}, {}]);
    });

    it("verifies the raw bytes", async () => {
      const { onEvent, send } = await started();
      expect(await send(await signWebhook('{ "type":\t"PING", "name": "\\u00c5se Åse" }\n', HMAC))).toEqual([200, ""]);
      expect(onEvent.mock.calls[0]).toMatchObject([{ type: "PING", raw: { name: "Åse Åse" } }, {}, {}]);
    });

    it("refuses a bad signature", async () => {
      const { onEvent, send } = await started();
      const { body, ...rest } = await signWebhook(BATCH, HMAC);
      expect(await send({ ...rest, body: body.replace("SUCCESS", "FAILED") })).toEqual([401, "invalid_signature"]);
      expect(onEvent).not.toHaveBeenCalled();
    });

    it("handles a repeated delivery once", async () => {
      const { onEvent, send } = await started();
      const delivery = await signWebhook(BATCH, HMAC);
      expect([await send(delivery), await send(delivery)]).toEqual([
        [200, ""],
        [200, ""],
      ]);
      expect(onEvent).toHaveBeenCalledOnce();
    });

    it("refuses bodies that are too large, with and without Content-Length, and continues", async () => {
      const { onEvent, send } = await started();
      const { body, ...rest } = await signWebhook({ type: "PING", pad: "x".repeat(3 * 1024 * 1024) }, HMAC);
      // A server may close the connection after a refused delivery, so the next one needs its own.
      const refused = { ...rest, headers: { ...rest.headers, connection: "close" } };
      expect(await send({ ...refused, body })).toEqual([413, "too_large"]);
      // A stream has no Content-Length.
      const stream = new Blob([body]).stream();
      expect(await send({ ...refused, body: stream, duplex: "half" } as RequestInit)).toEqual([413, "too_large"]);
      expect(onEvent).not.toHaveBeenCalled();
      expect(await send(await signWebhook(BATCH, HMAC))).toEqual([200, ""]);
    });

    it("responds with 500 when onEvent fails, and handles the repeat", async () => {
      const error = new Error("database is down");
      const { onEvent, onError, send } = await started(vi.fn<() => unknown>().mockRejectedValueOnce(error));
      const delivery = await signWebhook(BATCH, HMAC);
      expect(await send(delivery)).toEqual([500, ""]);
      expect(onError).toHaveBeenCalledWith(error);
      expect(await send(delivery)).toEqual([200, ""]);
      expect(onEvent).toHaveBeenCalledTimes(2);
    });
  });
}
