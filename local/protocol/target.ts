/** What a request asks for, however it was addressed: origin form, absolute form (by a proxy) or virtual host. */
import type { IncomingMessage } from "node:http";
import { AwsError } from "./operations";
import { isEncodedWell } from "./percent";

/**
 * Host names that mean this endpoint. `aws.localhost` is the one for clients that put a label in front of it
 * (S3 Control's account, a bucket): such names resolve to loopback, or go through the gateway as HTTP proxy.
 */
const ownHosts = ["127.0.0.1", "localhost", "aws.localhost", "::1"];

export interface Target {
    /** Path and query, as to be sent on. */
    readonly path: string;
    readonly query: URLSearchParams;
    /** The label before our host's name: an account (S3 Control) or a bucket (virtual-hosted style). */
    readonly label?: string;
}

/** @throws when the request is for another host, as this is not a general proxy, or its path is none. */
export function targetOf(request: IncomingMessage): Target {
    const raw = request.url ?? "/";
    const absolute = /^https?:\/\/([^/?#]*)([^#]*)/.exec(raw);
    const authority = absolute ? (absolute[1] ?? "") : (request.headers.host ?? "127.0.0.1");
    const path = absolute ? originForm(absolute[2] ?? "") : raw;
    const question = path.indexOf("?");
    // What goes on to the emulator has to mean the same there.
    if (!/^[\x21-\x7e]*$/.test(path) || !isEncodedWell(question < 0 ? path : path.slice(0, question))) {
        throw new AwsError("InvalidURI", "Couldn't parse the specified URI.");
    }
    const query = new URLSearchParams(question < 0 ? "" : path.slice(question + 1));
    return { path, query, label: labelOf(authority) };
}

function originForm(rest: string): string {
    return rest.startsWith("/") ? rest : `/${rest}`;
}

function labelOf(authority: string): string | undefined {
    const host = authority
        .replace(/:\d+$/, "")
        .replace(/^\[|\]$/g, "")
        .toLowerCase();
    if (ownHosts.includes(host)) return undefined;
    // The longest of our names first, so that `x.aws.localhost` has the label `x`.
    for (const own of ["aws.localhost", "localhost"]) {
        if (host.endsWith(`.${own}`)) return host.slice(0, -own.length - 1).replace(/^(s3|s3-control)\.|\.s3$/g, "");
    }
    throw new AwsError(
        "InvalidRequest",
        `The Lakeworks local AWS does not forward to ${host}: it answers for ${ownHosts.join(", ")} only.`,
    );
}
