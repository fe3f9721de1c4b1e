/** The names of this machine. A page elsewhere can make its own name lead here, but cannot send one of these as `Host`. */
const NAMES = new Set(["localhost", "127.0.0.1", "[::1]"]);

export const isLoopback = (hostname: string): boolean => NAMES.has(hostname);

/** Whether a `Host` header names this machine, by whatever port. */
export const isLoopbackHost = (host = ""): boolean => isLoopback(host.toLowerCase().replace(/:\d+$/, ""));
