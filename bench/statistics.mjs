/** Median and quartiles: one round that the machine disturbed must not move the figure. */
export function spread(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.round(share * (sorted.length - 1))];
  return { median: at(0.5), p25: at(0.25), p75: at(0.75) };
}
