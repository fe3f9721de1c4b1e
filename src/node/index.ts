export type { Journal, JournalOwner, JournalRecord } from "../debt-collection/submit/journal.js";
export { fileJournal } from "./file-journal.js";
export { testJournal } from "./test-journal.js";
