import type { DocumentRequest, DocumentsBatchRequest } from "../../../../generated/accounts-receivable.js";
import { ok, problem } from "../../answer.js";
import type { SandboxRequest } from "../../operation.js";
import type { Client } from "../client.js";
import type { Clients } from "../clients.js";
import { createDocument, documentNumbers } from "../documents.js";

/** The tags Documents and DocumentBundles. */
export function documentsOperations(clients: Clients) {
  const documentWire = (client: Client, index: number) => {
    const document = client.documents.at(index);
    return document && { ...document, ...documentNumbers(client, index) };
  };
  const bundleWire = (client: Client, index: number) => {
    const documents = client.bundles.at(index);
    return (
      documents && {
        clientNo: client.no,
        documentBundleId: client.ids.bundle.at(index),
        documentCount: documents.length,
        documentNos: documents.map((document) => client.documents.at(document)?.documentNo),
      }
    );
  };
  return {
    createDocument: (request: SandboxRequest) => {
      const { document } = request.body as DocumentRequest;
      return clients.written(request, (client) => createDocument(client, document));
    },
    getDocument: (request: SandboxRequest) => {
      const client = clients.of(request);
      const found = documentWire(client, client.documentIndex(request.path.documentno));
      return found ? ok(found) : problem(404, "No such document.");
    },
    listDocuments: (request: SandboxRequest) => {
      const client = clients.of(request);
      return client.queries.page(request, {
        name: "documents",
        find: () => client.documents.existing(),
        wire: (index) => documentWire(client, index),
      });
    },
    createDocumentsBatch: (request: SandboxRequest) => {
      const created: number[] = [];
      return clients.batch(
        request,
        (request.body as DocumentsBatchRequest).documents,
        (client, document) => {
          const outcome = createDocument(client, document);
          if (outcome.result !== "REJECTED") created.push(client.documents.length - 1);
          return outcome;
        },
        (client) => created.length > 0 && client.bundles.add(created),
      );
    },
    listDocumentBundles: (request: SandboxRequest) => {
      const client = clients.of(request);
      return client.queries.page(request, {
        name: "documentBundles",
        find: () => client.bundles.existing(),
        wire: (index) => bundleWire(client, index),
      });
    },
    getDocumentBundle: (request: SandboxRequest) => {
      const client = clients.of(request);
      const found = bundleWire(client, client.ids.bundle.indexOf(String(request.path.documentbundleid)));
      return found ? ok(found) : problem(404, "No such document bundle.");
    },
  };
}
