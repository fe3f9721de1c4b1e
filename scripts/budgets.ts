/**
 * Limits of what users pay for the package; `npm run check:package` measures it. The package's own are a tenth above what was
 * measured, the others a fiftieth. Raise one on purpose, with the reason in the commit.
 */
export const BUDGETS = {
  "packed: files": 220,
  "packed: bytes": 1_050_000,
  "packed: bytes when unpacked": 4_500_000,
  "gzip: new Amili()": 21_300,
  "gzip: createDebtCollection()": 19_600,
  "gzip: createAccountsReceivable()": 19_200,
  "resources: types": 820,
  "resources: instantiations": 350,
  "resources: lines read": 8_800,
  "raw clients: types": 3_470,
  "raw clients: instantiations": 10_150,
};

/** Reports what was measured. Throws when it is above its limit. */
export function checkBudget(name: keyof typeof BUDGETS, measured: number): void {
  const limit = BUDGETS[name];
  console.log(`${name}: ${measured} of at most ${limit}`);
  if (measured <= limit) return;
  throw new Error(
    `${name}: ${measured} is above the limit of ${limit}. Make it smaller, or raise the limit in scripts/budgets.ts and say why.`,
  );
}
