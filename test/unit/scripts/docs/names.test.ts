import { expect, it } from "vitest";
import { componentName, operationId, renamePathParameters } from "../../../../scripts/docs/apply/names.js";

it.each([
  ["PauseCase", "POST", "/orgs/{o}/cases/{c}/pause", "Collections", "pauseCase"],
  ["GetCaseById", "GET", "/orgs/{o}/cases/{c}", "Collections", "getCase"],
  ["GetCasesByOrganization", "GET", "/orgs/{o}/cases", "Collections", "listCases"],
  ["GET ARM system code values", "GET", "/clients/{c}/codes", "Codes", "listCodes"],
  ["GET one OS file", "GET", "/clients/{c}/files/{f}", "Files", "getFile"],
  ["Get the latest", "GET", "/clients/{c}/glmovements/latest", "GlMovements", "listGlMovementsLatest"],
  ["POST (create) an action", "POST", "/clients/{c}/actions", "Actions", "createAction"],
  ["DELETE a customer", "DELETE", "/clients/{c}/customers/{n}", "Customers", "deleteCustomer"],
  ["/webapi/api/Ping", "GET", "/webapi/api/Ping", "Ping", "listWebapiApiPing"],
  ["POST the status", "POST", "/status", "Status", "createStatus"],
  ["POST addresses", "POST", "/clients/{c}/addresses", "Addresses", "createAddress"],
  ["POST entries", "POST", "/entries", "Entries", "createEntry"],
  ["文書", "PATCH", "/{a}", "Documents", "updateDocument"],
])("derives the operationId of %s", (title, method, path, tag, name) => {
  expect(operationId(title, method, path, tag, new Set())).toBe(name);
});

it("makes names unique", () => {
  const taken = new Set(["listCodes", "listCodes2"]);
  expect(operationId("GET codes", "GET", "/codes", "Codes", taken)).toBe("listCodes3");
});

it.each([
  ["Code list", "CodeList"],
  ["årsak/kode", "ArsakKode"],
  ["1st-thing", "StThing"],
  ["文書", "Schema"],
])("names the component of the schema %s: %s", (name, component) => {
  expect(componentName(name, new Set())).toBe(component);
});

it("renames path parameters by position", () => {
  expect(renamePathParameters("/{a}/x/{b}/{c}", ["b", "a"])).toBe("/{b}/x/{a}/{c}");
});
