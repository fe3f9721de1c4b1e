export const DAY = 86_400_000;

/** Days since 1970, in UTC. */
export const dayOf = (time: number): number => Math.floor(time / DAY);

/** The days of the years 0 to 9999, which a date can write with four digits. */
const FIRST_DAY = -719_528;
const LAST_DAY = 2_932_896;

/** `2026-03-16` */
export const dateOf = (day: number): string =>
  new Date(Math.min(LAST_DAY, Math.max(FIRST_DAY, day)) * DAY).toISOString().slice(0, 10);

/** `2026-03-16T06:00:00.000Z` */
export const timeOf = (time: number): string => new Date(time).toISOString();

/** The day of a date or date-time. */
export const dayOfDate = (date: string): number => dayOf(Date.parse(date));

/** The year and month of a date. */
export const yearAndMonth = (date: string): [number, number] => [Number(date.slice(0, 4)), Number(date.slice(5, 7))];

const FORMAT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** Whether a string is a date or a date-time. `Date.parse` would read February 30 as a day of March. */
export const isDate = (text: string): boolean =>
  FORMAT.test(text) && !Number.isNaN(Date.parse(text)) && dateOf(dayOfDate(text.slice(0, 10))) === text.slice(0, 10);

/** The last moment of a date's day; a date-time as it is. */
export const endOf = (text: string): number => Date.parse(text) + (text.length === 10 ? DAY - 1 : 0);
