export {
  type BodyOutcome,
  type Counts,
  type JsonType,
  type LastPageForm,
  mergeObservations,
  type Observations,
  type ObservedBody,
  type ObservedEnvironment,
  type ObservedEnvironmentName,
  type ObservedField,
  type ObservedOperation,
  type ObservedRequests,
  type ObservedResponses,
  parseObservations,
  type StringFormat,
} from "./observations.js";
export { createObserver, type Observer, type ObserverOptions } from "./observer.js";
