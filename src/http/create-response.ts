/** A `Response`, also with a status that its constructor refuses, such as 0, a redirect that a browser does not follow. */
export function createResponse(
  body: BodyInit | null,
  { status, statusText, headers }: Pick<Response, "status" | "statusText" | "headers">,
): Response {
  if (status >= 200 && status <= 599) return new Response(body, { status, statusText, headers });
  const response = new Response(body, { headers });
  return Object.defineProperties(response, { status: { value: status }, ok: { value: false } });
}
