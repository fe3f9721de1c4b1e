import { randomUUID } from "node:crypto";
import { type FileHandle, open, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { hasCode } from "./file-errors.js";

const TEMPORARY = ".tmp";

/**
 * Replaces a file, or creates it. At any moment the path names the old file or the whole new one, also after a power failure.
 * The result is open for reading and appending.
 *
 * @param confirm rejects when this process may no longer replace the file
 */
// No library fits: write-file-atomic takes the whole content at once, and asks nobody before it renames.
export async function replaceFile(
  path: string,
  content: AsyncIterable<string>,
  confirm: () => Promise<void>,
): Promise<FileHandle> {
  const temporary = `${path}.${randomUUID()}${TEMPORARY}`;
  const file = await open(temporary, "ax+", 0o600);
  try {
    for await (const text of content) await file.appendFile(text);
    await file.sync();
    // A process that takes over after this calls removeTemporaryFiles(), so that the rename fails.
    await confirm();
    await rename(temporary, path);
    await syncDirectory(dirname(path));
    return file;
  } catch (error) {
    await file.close();
    await rm(temporary, { force: true });
    await confirm();
    throw error;
  }
}

/** Removes what processes left that were killed while they replaced a file, and stops those that slept. */
export async function removeTemporaryFiles(path: string): Promise<void> {
  const prefix = `${basename(path)}.`;
  const length = prefix.length + randomUUID().length + TEMPORARY.length;
  for (const name of await readdir(dirname(path))) {
    const isTemporary = name.startsWith(prefix) && name.endsWith(TEMPORARY) && name.length === length;
    if (isTemporary) await rm(join(dirname(path), name), { force: true });
  }
}

/** Of Windows and of some network file systems, which cannot sync a directory. */
const CANNOT_SYNC = ["EPERM", "EISDIR", "EINVAL", "ENOTSUP"];

/** Makes a rename durable, where the file system can. */
async function syncDirectory(path: string): Promise<void> {
  let directory: FileHandle | undefined;
  try {
    directory = await open(path, "r");
    await directory.sync();
  } catch (error) {
    if (!CANNOT_SYNC.some((code) => hasCode(error, code))) throw error;
  } finally {
    await directory?.close();
  }
}
