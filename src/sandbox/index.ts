export type { AuthByApi } from "../options.js";
export type { FaultInForce, FaultRules, Faults } from "./faults/faults.js";
export type { Fault } from "./faults/kinds.js";
export type { FaultRule } from "./faults/rule.js";
export type { SandboxOptions } from "./options.js";
export type { SandboxState } from "./pages/state.js";
export { type Sandbox, startSandbox } from "./sandbox.js";
export type { RequestRecord } from "./server/request-log.js";
export type { Delivery, WebhookOptions } from "./server/webhooks.js";
