import assert from "node:assert/strict";
import { explainAwsError } from "../../automation/awsFaults";

/** An error as the SDK throws it. */
function fault(name: string, message: string): Error {
    return Object.assign(new Error(message), { name });
}

describe("errors of AWS", () => {
    for (const [name, message, said, fix] of [
        [
            "ExpiredTokenException",
            "The security token included in the request is expired",
            /have expired/,
            /aws sso login/,
        ],
        [
            "CredentialsProviderError",
            "Could not load credentials from any providers",
            /no AWS credentials/,
            /AWS_PROFILE/,
        ],
        [
            "UnrecognizedClientException",
            "The security token is invalid",
            /does not know the access key/,
            /configure list/,
        ],
        ["SignatureDoesNotMatch", "The request signature we calculated", /forged/, /clock/],
        ["AccessDeniedException", "User: x is not authorized to perform: glue:GetJob", /lack a right/, /doctor/],
        ["ThrottlingException", "Rate exceeded", /throttled/, /in a minute/],
        [
            "Error",
            "getaddrinfo ENOTFOUND glue.eu-nord-1.amazonaws.com",
            /glue\.eu-nord-1\.amazonaws\.com is not found/,
            /region/,
        ],
        ["Error", "connect ECONNREFUSED 127.0.0.1:4577", /Nothing answers/, /AWS_ENDPOINT_URL/],
    ] as const) {
        it(`say what to do: ${name}, ${message}`, () => {
            const explained = explainAwsError(fault(name, message));
            assert.match(explained?.message ?? "", said);
            assert.match(explained?.next ?? "", fix);
            assert.equal(explained?.reason, message);
        });
    }

    it("are left as they are where their own text explains best, and where they are not AWS's", () => {
        assert.equal(explainAwsError(fault("EntityNotFoundException", "Table sales not found")), undefined);
        assert.equal(explainAwsError("text"), undefined);
    });
});
