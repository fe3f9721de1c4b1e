// Written by `npm run generate` from openapi/. Do not edit.
export interface paths {
    "/token": {
        /**
         * /token
         * @description Exchanges a client id and secret for an access token (OAuth 2.0 client credentials). The guide asks
         *     integrators to keep a token until it expires rather than to fetch one a call.
         */
        post: operations["createToken"];
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @remarks Inferred: That all three are required follows from the grant; the guide does not say so. */
        TokenRequest: TokenRequest;
        Token: {
            /** @description A JWT, sent as `Authorization: Bearer …`. */
            access_token?: string;
            token_type?: "Bearer" | (string & {});
            /** @description Start of validity. Unix seconds (inferred). */
            not_before?: number;
            /** @description Lifetime in seconds, typically 3600. */
            expires_in?: number;
            /** @description End of validity. Unix seconds. */
            expires_on?: number;
            /**
             * Format: uuid
             * @description Not described in the documentation.
             */
            resource?: string;
        };
    };
    responses: {
        /** @description Refused. No error status or body of this operation is documented. */
        Error: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "*/*": unknown;
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    createToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "grant_type": "client_credentials",
                 *       "client_id": "my-integration",
                 *       "client_secret": "s3cr3t"
                 *     }
                 */
                "application/x-www-form-urlencoded": components["schemas"]["TokenRequest"];
            };
        };
        responses: {
            /**
             * @description The access token and its lifetime.
             *
             *     @remarks Inferred: The guide shows the body; its status was not observed.
             */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "access_token": "eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9...",
                     *       "token_type": "Bearer",
                     *       "not_before": 1709300000,
                     *       "expires_in": 3600,
                     *       "expires_on": 1709303600,
                     *       "resource": "04468334-ec11-4ef8-9e7c-e124bacbd5c1"
                     *     }
                     */
                    "application/json": components["schemas"]["Token"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
}
/** @remarks Inferred: That all three are required follows from the grant; the guide does not say so. */
export interface TokenRequest {
    /** @enum {string} */
    grant_type: "client_credentials";
    /** @description Issued by Amili. */
    client_id: string;
    /** @description Issued by Amili. Never log it. */
    client_secret: string;
}
type Schema<Name extends keyof components["schemas"]> = components["schemas"][Name];
export interface Token extends Schema<"Token"> {}
