import { combineHooks, HOOKS, type Hooks } from "./hooks.js";

interface DiagnosticsChannel {
  channel(name: string): { readonly hasSubscribers: boolean; publish(message: unknown): void };
}

/** Node's module, found at run time: the core has no import that other platforms lack. */
function diagnosticsChannel(): DiagnosticsChannel | undefined {
  const { process } = globalThis as { process?: { getBuiltinModule?(id: string): DiagnosticsChannel | undefined } };
  return process?.getBuiltinModule?.("node:diagnostics_channel");
}

/** The hooks, which also publish their events on the channel `amili-client:<hook>` while it has subscribers. */
export function withChannels(hooks: Hooks): Hooks {
  const module = diagnosticsChannel();
  if (!module) return hooks;
  const properties = Object.keys(HOOKS).map((key) => {
    const name = key as keyof Hooks;
    const channel = module.channel(`amili-client:${name}`);
    const publish = (event: unknown) => channel.publish(event);
    const { [name]: both } = combineHooks([hooks, { [name]: publish }]);
    // As cheap as without, where nobody listens: events are built for hooks that are there.
    return [name, { enumerable: true, get: () => (channel.hasSubscribers ? both : hooks[name]) }];
  });
  return Object.defineProperties({}, Object.fromEntries(properties));
}
