/**
 * Whether everything is tested. `npm test` by itself leaves out the slowest files and variants that rarely find what the others
 * do not; `.ci/run` runs it with `TEST_FULL=1`.
 */
export const isFull = Boolean(process.env.TEST_FULL);
