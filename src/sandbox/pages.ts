/** What stands on the server beside the APIs, by path. Asked for by GET, open to all on the machine, and not logged. */
export type Pages = Record<string, () => { type: string; body: string | Uint8Array }>;

export const jsonPage = (value: unknown) => ({ type: "application/json", body: JSON.stringify(value) });
