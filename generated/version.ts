// Written by `npm run generate` from openapi/. Do not edit.
export const version = "0.1.0";
