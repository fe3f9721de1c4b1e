import { createClient } from "@hey-api/client-fetch";
import { Octokit } from "@octokit/core";
import ky from "ky";
import OpenAI from "openai";

/** The same GET through other clients, as their users write it. All send a token and give the parsed body. */
export function peersOf(baseUrl, path) {
  const headers = { authorization: "Bearer token" };
  const heyApi = createClient({ baseUrl, headers });
  const openai = new OpenAI({ apiKey: "token", baseURL: baseUrl });
  const octokit = new Octokit({ auth: "token", baseUrl });
  return {
    ky: () => ky.get(`${baseUrl}${path}`, { headers }).json(),
    "hey-api": async () => (await heyApi.get({ url: path })).data,
    "openai-node": () => openai.get(path),
    octokit: async () => (await octokit.request(`GET ${path}`)).data,
  };
}
