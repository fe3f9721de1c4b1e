import { timeOf } from "../data/dates.js";
import type { Client } from "./client.js";
import { CONFIGS } from "./client-configs.js";

/** A file that was uploaded. Its content is not kept. */
export interface ClientFile {
  name: string;
  type: string;
  size: number;
  at: number;
}

// What a file of an upload holds is not documented; in the sandbox its name and its content in base64.

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

const typeOf = (name: string) => name.slice(name.lastIndexOf(".") + 1).toLowerCase();

const RULES: { message: string; broken(file: Record<string, unknown>): boolean }[] = [
  {
    message: "fileName is missing.",
    broken: ({ fileName }) => typeof fileName !== "string" || fileName === "",
  },
  {
    message: `The file's type is not one of ${CONFIGS.uploadFileTypes.join(", ")}.`,
    broken: ({ fileName }) => !(CONFIGS.uploadFileTypes as readonly string[]).includes(typeOf(String(fileName))),
  },
  {
    message: "content is not base64.",
    broken: ({ content }) => typeof content !== "string" || !BASE64.test(content),
  },
];

/** Takes a file, or says why not. */
export function upload(client: Client, file: Record<string, unknown>) {
  const broken = RULES.find((rule) => rule.broken(file));
  if (broken) return { result: "REJECTED" as const, message: broken.message };
  const name = String(file.fileName);
  const size = Buffer.from(String(file.content), "base64").length;
  const index = client.files.add({ name, type: typeOf(name), size, at: client.world.now() });
  return { result: "CREATED" as const, message: "File uploaded", fileId: String(index + 1), fileName: name };
}

export const fileWire = (clientNo: number, index: number, { name, type, size, at }: ClientFile) => ({
  clientNo,
  fileId: String(index + 1),
  fileName: name,
  fileType: type,
  size,
  createdTime: timeOf(at),
});
