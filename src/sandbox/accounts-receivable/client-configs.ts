/** What is configured for every client of the sandbox. The keys are its own: none is documented. */
export const CONFIGS = {
  /** The currency of documents that name none. */
  currency: "NOK",
  /** Days to pay where neither a document nor its customer says. */
  dueDays: 14,
  /** Which kinds of files may be uploaded. */
  uploadFileTypes: ["csv", "json", "pdf", "txt", "xml"],
} as const;

export const configWire = (clientNo: number, key: keyof typeof CONFIGS) => ({
  clientNo,
  key,
  values: [CONFIGS[key]].flat(),
});

/** The key as it is written here; names are looked up without regard to case. */
export const configKey = (given: string): keyof typeof CONFIGS | undefined =>
  CONFIG_KEYS.find((key) => key.toLowerCase() === given.toLowerCase());

export const CONFIG_KEYS = Object.keys(CONFIGS) as (keyof typeof CONFIGS)[];
