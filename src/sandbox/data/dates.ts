export const DAY = 86_400_000;

/** Days since 1970, as the clock is in UTC. */
export const dayOf = (time: number): number => Math.floor(time / DAY);

/** The years that a date can write with four digits. */
const FIRST_DAY = -719_528;
const LAST_DAY = 2_932_896;

/** `2026-03-16` */
export const dateOf = (day: number): string =>
  new Date(Math.min(LAST_DAY, Math.max(FIRST_DAY, day)) * DAY).toISOString().slice(0, 10);

/** `2026-03-16T06:00:00.000Z` */
export const timeOf = (time: number): string => new Date(time).toISOString();

/** The day of a date. */
export const dayOfDate = (date: string): number => dayOf(Date.parse(date));

const FORM = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** Whether a text is a date or a date-time. A day that no month has would be read as one of the next. */
export const isDate = (text: string): boolean => FORM.test(text) && !Number.isNaN(Date.parse(text)) && hasDay(text);

const hasDay = (text: string): boolean => dateOf(dayOfDate(text.slice(0, 10))) === text.slice(0, 10);

/** A date or date-time as the time that it begins. */
export const begin = (text: string): number => Date.parse(text);

/** A date as the last moment of its day, a date-time as itself. */
export const end = (text: string): number => (text.length === 10 ? Date.parse(text) + DAY - 1 : Date.parse(text));
