export type { AuthByApi } from "../options.js";
export type { FaultInForce, FaultRules, Faults } from "./faults/index.js";
export type { Fault } from "./faults/kinds.js";
export type { FaultRule } from "./faults/rule.js";
export type { SandboxOptions } from "./options.js";
export type { RequestRecord } from "./requests.js";
export { type Sandbox, type SandboxState, startSandbox } from "./sandbox.js";
export type { Delivery, WebhookOptions } from "./webhooks.js";
