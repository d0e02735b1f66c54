/** What a request asks for, however it was addressed: origin form, absolute form (by a proxy) or virtual host. */
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { isIP } from "node:net";
import * as os from "node:os";
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

/**
 * @param listening the address of the gateway
 * @throws when the request is for another host, as this is not a general proxy, or its path is none.
 */
export function targetOf(request: IncomingMessage, listening: string): Target {
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
    return { path, query, label: labelOf(authority, listening) };
}

function originForm(rest: string): string {
    return rest.startsWith("/") ? rest : `/${rest}`;
}

/** @throws for a web page of another host: a browser lets any page send requests to this machine, and no signature is checked. */
export function refuseForeignPage({ origin }: IncomingHttpHeaders, listening: string): void {
    if (origin === undefined) return;
    const host = /^https?:\/\/([^/]+)$/.exec(origin)?.[1];
    try {
        if (host !== undefined) return void labelOf(host, listening);
    } catch {
        // Refused below in words that fit.
    }
    throw new AwsError("AccessDenied", `Requests of web pages from ${origin} are not accepted.`, 403);
}

export function isLoopback(address: string): boolean {
    return address === "::1" || /^127\./.test(address);
}

function labelOf(authority: string, listening: string): string | undefined {
    const host = authority
        .replace(/:\d+$/, "")
        .replace(/^\[|\]$/g, "")
        .toLowerCase();
    if (ownHosts.includes(host) || host === listening) return undefined;
    // A page that binds its own name to this machine's address comes by that name, never by the address.
    if (!isLoopback(listening) && (isIP(host) !== 0 || host === os.hostname().toLowerCase())) return undefined;
    // The longest of our names first, so that `x.aws.localhost` has the label `x`.
    for (const own of ["aws.localhost", "localhost"]) {
        if (host.endsWith(`.${own}`)) return host.slice(0, -own.length - 1).replace(/^(s3|s3-control)\.|\.s3$/g, "");
    }
    throw new AwsError(
        "InvalidRequest",
        `The Lakeworks local AWS does not forward to ${host}: it answers for ${ownHosts.join(", ")} only.`,
    );
}
