/** Pages of the local AWS itself: what runs and what is stored, for browsers and for programs, and its control. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Accounts, SharedContext } from "../accounts";
import { accountPattern, localAccount } from "../context";
import type { Emulator } from "../emulator";
import type { Faults } from "../faults";
import { checkRules, type FaultRule } from "../faults/rules";
import { AwsError } from "../protocol/operations";
import type { Target } from "../protocol/target";
import type { Traffic } from "../traffic";
import { Buckets } from "./buckets";
import { overviewOf } from "./overview";
import { contentSecurityPolicy, page } from "./page";
import { RecentCalls } from "./recentCalls";

export const version = "0.1.0";

const root = "/_lakeworks/";

export interface ConsoleParts {
    readonly context: SharedContext;
    readonly accounts: Accounts;
    readonly emulator: Emulator;
    readonly traffic: Traffic;
    readonly faults: Faults;
    readonly shutdown: () => void;
}

export class Console {
    readonly recent = new RecentCalls();
    private readonly buckets = new Buckets();

    constructor(private readonly parts: ConsoleParts) {}

    /** Whether a request is for the local AWS itself: so is what a browser asks of the endpoint's root. */
    isFor({ method, headers }: IncomingMessage, { path, label }: Target): boolean {
        if (label !== undefined) return false;
        const isBrowser = headers.authorization === undefined && (headers.accept ?? "").includes("text/html");
        return path.startsWith(root) || (method === "GET" && isBrowser && /^\/(\?|$)/.test(path));
    }

    /** @throws AwsError for a page that there is not */
    async answer(request: IncomingMessage, response: ServerResponse, { path, query }: Target): Promise<void> {
        // A page in a browser may post to loopback: only programs, which send no Origin, may stop the local AWS.
        if (request.method !== "GET" && request.headers.origin !== undefined) {
            throw new AwsError("AccessDenied", "Control requests are not accepted from web pages.", 403);
        }
        const body = await bodyOf(request);
        const name = path.startsWith(root) ? path.slice(root.length).replace(/\?.*/s, "") : "";
        switch (`${request.method} ${name}`) {
            case "GET ": {
                const html = page(await this.overview(query));
                return send(response, 200, "text/html; charset=utf-8", html);
            }
            case "GET overview":
                return sendJson(response, 200, await this.overview(query));
            case "GET health":
                return sendJson(response, 200, this.health());
            case "GET calls":
                return sendJson(response, 200, this.parts.accounts.calls());
            case "GET faults":
                return sendJson(response, 200, this.parts.faults.describe());
            case "POST faults":
                this.parts.faults.set(rulesIn(body));
                return sendJson(response, 200, this.parts.faults.describe());
            case "POST event":
                this.takeEvent(body);
                return sendJson(response, 202, {});
            case "POST warm":
                this.warm();
                return sendJson(response, 202, {});
            case "POST shutdown":
                response.on("finish", this.parts.shutdown);
                return sendJson(response, 202, {});
            default:
                throw new AwsError(
                    "NoSuchPage",
                    `There is no ${request.method} ${path}; known: GET ${root}, GET overview, GET health, GET calls, GET faults, POST faults, POST warm, POST shutdown.`,
                    404,
                );
        }
    }

    private overview(query: URLSearchParams) {
        const wanted = query.get("account") ?? localAccount;
        const account = this.parts.accounts.all().find(({ context }) => context.account === wanted);
        if (account === undefined) {
            throw new AwsError("NoSuchPage", `The local AWS has no account ${wanted}: nothing was done in it.`, 404);
        }
        return overviewOf(account, { ...this.parts, version, recent: this.recent, buckets: this.buckets });
    }

    private health(): object {
        const { context, accounts, emulator, traffic } = this.parts;
        const own = Object.entries(accounts.main.services).map(([name, service]) => [name, service.status()] as const);
        return {
            pid: process.pid,
            version,
            endpoint: context.endpoint,
            accounts: accounts.all().map((account) => account.context.account),
            services: { ...Object.fromEntries(own), emulator: emulator.status() },
            traffic: traffic.snapshot(),
        };
    }

    /** The emulator's EventBridge delivers to Glue. */
    private takeEvent(body: string): void {
        const { account, target, id } = deliveryIn(body);
        this.parts.accounts.of(account).services.glue?.takeEvent?.(target, id);
    }

    private warm(): void {
        const { context, accounts } = this.parts;
        for (const [name, service] of Object.entries(accounts.main.services)) {
            service.warm?.().catch((error: unknown) => context.log(`warm ${name}: ${String(error)}`));
        }
    }
}

/** @throws AwsError with what is wrong about the rules */
function rulesIn(body: string): FaultRule[] {
    try {
        return checkRules(JSON.parse(body));
    } catch (error) {
        throw new AwsError("InvalidRequest", (error as Error).message);
    }
}

/** @throws AwsError for what the emulator does not send */
function deliveryIn(body: string): { account: string; target: string; id: string } {
    try {
        const { account, target, id } = JSON.parse(body) as Record<string, unknown>;
        const isText = typeof account === "string" && typeof target === "string" && typeof id === "string";
        if (isText && accountPattern.test(account)) return { account, target, id };
    } catch {
        // Refused below, as what is no delivery.
    }
    throw new AwsError("InvalidRequest", "That is no delivery of an event.");
}

/** Of a control request, which is short. @throws AwsError for one that is not */
async function bodyOf(request: IncomingMessage): Promise<string> {
    let text = "";
    for await (const chunk of request as AsyncIterable<Buffer>) {
        text += chunk.toString();
        if (text.length > 65_536) throw new AwsError("RequestEntityTooLarge", "A control request is short.", 413);
    }
    return text;
}

function sendJson(response: ServerResponse, status: number, body: object): void {
    send(response, status, "application/json", `${JSON.stringify(body)}\n`);
}

function send(response: ServerResponse, status: number, type: string, text: string): void {
    response.writeHead(status, {
        "content-type": type,
        "content-security-policy": contentSecurityPolicy,
        "x-content-type-options": "nosniff",
        "cache-control": "no-store",
    });
    response.end(text);
}
