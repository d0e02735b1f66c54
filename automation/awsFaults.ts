/** What to do about the errors of AWS that everybody meets: credentials, region, rights, throttling. */
import type { FailureDetails } from "./errors";

export interface Explained extends FailureDetails {
    readonly message: string;
}

/** Names of errors, by AWS's services and the SDK: https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html */
const expired = ["ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired"];
const unknownKey = ["UnrecognizedClientException", "InvalidClientTokenId", "InvalidAccessKeyId", "AuthFailure"];
const wrongSecret = ["SignatureDoesNotMatch", "InvalidSignatureException"];
const denied = ["AccessDenied", "AccessDeniedException", "UnauthorizedOperation"];
const throttled = ["ThrottlingException", "Throttling", "TooManyRequestsException", "RequestLimitExceeded", "SlowDown"];

/** @returns undefined for an error that is not AWS's, or that its own text explains best */
export function explainAwsError(error: unknown): Explained | undefined {
    if (!(error instanceof Error)) return undefined;
    const { name, message: reason } = error;
    if (name === "CredentialsProviderError") {
        return {
            message: "There are no AWS credentials.",
            reason,
            next: `Log in ("aws sso login", with AWS_PROFILE), or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.`,
        };
    }
    if (expired.includes(name)) {
        return {
            message: "The AWS credentials have expired.",
            reason,
            next: `Log in again ("aws sso login"), or get a new session token.`,
        };
    }
    if (unknownKey.includes(name)) {
        return {
            message: "AWS does not know the access key.",
            reason,
            next: `Look which one is used: "aws configure list"; keys of the local AWS mean nothing to AWS.`,
        };
    }
    if (wrongSecret.includes(name)) {
        return {
            message: "AWS takes the request for forged.",
            reason,
            next: "Check the secret access key, and this machine's clock: more than five minutes off is too much.",
        };
    }
    if (denied.includes(name)) {
        return {
            message: "The AWS credentials lack a right.",
            reason,
            next: `The reason names the action and the resource; "lakeworks doctor" tells whose credentials these are.`,
        };
    }
    if (throttled.includes(name)) {
        return {
            message: "AWS throttled the request, also when it was repeated.",
            reason,
            next: "Try again in a minute.",
        };
    }
    const host = /getaddrinfo \w+ (\S+)/.exec(reason)?.[1];
    if (host !== undefined) {
        return {
            message: `The address ${host} is not found.`,
            reason,
            next: "Check the region (AWS_REGION, or aws:region of the stack) and the network.",
        };
    }
    if (/ECONNREFUSED/.test(reason) || errnoOf(error) === "ECONNREFUSED") {
        return {
            message: "Nothing answers at the AWS endpoint.",
            reason: reason === "" ? undefined : reason,
            next: "Check AWS_ENDPOINT_URL; the local AWS is started by any command on the stack local.",
        };
    }
    return undefined;
}

function errnoOf(error: Error): string | undefined {
    return (error as NodeJS.ErrnoException).code;
}
