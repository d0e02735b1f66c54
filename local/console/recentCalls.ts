/** The newest requests, for the status page: who called what, and how it ended. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { s3Calls } from "../calls/s3";
import { decoded } from "../protocol/percent";
import type { RequestScope } from "../protocol/scope";
import type { Target } from "../protocol/target";

export interface RecentCall {
    readonly at: Date;
    readonly account: string;
    /** Role of the job run or crawl that called, by its name; absent for clients from outside. */
    readonly role?: string;
    /** As IAM's actions are written, `glue:GetTable`. */
    action: string;
    /** What it was about, where the request's line says so: bucket and key. */
    readonly about?: string;
    /** HTTP status; absent while it is under way. */
    status?: number;
    milliseconds?: number;
}

/** Calls of one kind that came one after the other, such as those of a client that waits for something. */
export interface CallRow extends RecentCall {
    readonly times: number;
}

/** Kept; the page shows fewer. */
const most = 2000;

export class RecentCalls {
    private readonly kept: RecentCall[] = [];

    /** Keeps a request from now on and completes it when it has been answered. */
    watch(
        request: IncomingMessage,
        response: ServerResponse,
        { path, query }: Pick<Target, "path" | "query">,
        { service, account, role }: Pick<RequestScope, "service"> & { account: string; role?: string },
    ): void {
        const started = performance.now();
        const call: RecentCall = { at: new Date(), account, role, ...describe(request, path, query, service) };
        this.kept.push(call);
        if (this.kept.length > most) this.kept.shift();
        if (call.action.endsWith(":")) readAction(request, (action) => (call.action += action));
        response.once("close", () => {
            call.status = response.statusCode;
            call.milliseconds = performance.now() - started;
        });
    }

    /** Newest first; a row is the newest of its calls. */
    newest(count: number, account: string): CallRow[] {
        const rows: CallRow[] = [];
        for (const call of this.kept.filter((each) => each.account === account).reverse()) {
            const last = rows.at(-1);
            if (last !== undefined && kindOf(last) === kindOf(call))
                rows[rows.length - 1] = { ...last, times: last.times + 1 };
            else if (rows.length === count) break;
            else rows.push({ ...call, times: 1 });
        }
        return rows;
    }
}

function kindOf({ action, about, role, status }: RecentCall): string {
    return JSON.stringify([action, about, role, status]);
}

/** The action ends with its colon where only the body tells it. */
function describe(
    request: IncomingMessage,
    path: string,
    query: URLSearchParams,
    service: string,
): Pick<RecentCall, "action" | "about"> {
    const { method = "GET", headers } = request;
    if (service === "s3") {
        const [first] = s3Calls({ service, method, path, query, headers, body: Buffer.alloc(0) });
        const about = decoded(path.slice(1).replace(/\?.*/, ""));
        return { action: first?.action ?? `s3:${method}`, about };
    }
    const target = headers["x-amz-target"];
    if (typeof target === "string") return { action: `${service}:${target.slice(target.indexOf(".") + 1)}` };
    const operation = /^\/service\/[^/]+\/operation\/([^/?]+)/.exec(path)?.[1];
    if (operation !== undefined) return { action: `${service}:${operation}` };
    const isForm = (headers["content-type"] ?? "").startsWith("application/x-www-form-urlencoded");
    return isForm
        ? { action: `${service}:` }
        : { action: `${service}:${path.slice(1).replace(/[?/].*/, "")}`, about: path };
}

/** The query protocol's form begins with the action, or has it in its first piece. */
function readAction(request: IncomingMessage, tell: (action: string) => void): void {
    request.once("data", (chunk: Buffer) => {
        tell(new URLSearchParams(chunk.toString("utf8")).get("Action") ?? "unknown");
    });
}
