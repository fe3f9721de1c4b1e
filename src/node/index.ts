export { fileJournal } from "./file-journal.js";
export type { Journal, JournalOwner, JournalRecord } from "./journal-types.js";
export { testJournal } from "./test-journal.js";
