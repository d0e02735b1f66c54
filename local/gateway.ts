/**
 * The one port of the local AWS. Glue and Athena are answered here; every other service is passed to the emulator.
 * The service is the one in the signature's credential scope, as it is what the client meant whatever the address.
 */
import * as http from "node:http";
import { callsOf, needsBody } from "./calls/request";
import type { LocalContext } from "./context";
import type { Emulator } from "./emulator";
import { Forwarder } from "./forward";
import { refuse } from "./protocol/awsErrors";
import { serveJson } from "./protocol/json11";
import { AwsError, type AwsService } from "./protocol/operations";
import { scopeOf, type RequestScope } from "./protocol/scope";
import { targetOf, type Target } from "./protocol/target";
import { Traffic } from "./traffic";

export const version = "0.1.0";

export interface GatewayParts {
    readonly context: LocalContext;
    readonly emulator: Emulator;
    /** Services of ours by their signing name. */
    readonly services: Readonly<Record<string, AwsService>>;
    /** Called once on `POST /_lakeworks/shutdown`. */
    readonly shutdown: () => void;
}

export class Gateway {
    private readonly forwarder = new Forwarder();
    private readonly traffic = new Traffic();

    constructor(
        private readonly server: http.Server,
        private readonly parts: GatewayParts,
    ) {
        // Uploads take as long as they take.
        server.requestTimeout = 0;
        server.keepAliveTimeout = 75_000;
        server.on("request", (request, response) => this.answer(request, response));
        server.on("checkContinue", (request: http.IncomingMessage, response: http.ServerResponse) => {
            response.writeContinue();
            this.answer(request, response);
        });
    }

    close(): void {
        this.forwarder.close();
        this.server.close();
        this.server.closeAllConnections();
    }

    private answer(request: http.IncomingMessage, response: http.ServerResponse): void {
        request.on("error", () => response.destroy());
        try {
            const target = targetOf(request);
            if (target.path.startsWith("/_lakeworks/")) this.control(request, response, target.path);
            else this.route(request, response, target);
        } catch (error) {
            if (!(error instanceof AwsError)) this.parts.context.log(`gateway: ${String(error)}`);
            refuse(
                request,
                response,
                error instanceof AwsError ? error : new AwsError("InternalFailure", String(error), 500),
            );
        }
    }

    private route(request: http.IncomingMessage, response: http.ServerResponse, target: Target): void {
        const scope = scopeOf(request.headers, target.query);
        if (scope === undefined) {
            throw new AwsError(
                "AccessDenied",
                "The request is not signed, so the local AWS cannot tell its service. Any credentials do, e.g. test/test.",
                403,
            );
        }
        this.record(request, target, scope);
        const service = this.parts.services[scope.service];
        if (service === undefined) this.pass(request, response, target, scope);
        else {
            this.checkRegion(scope);
            void serveJson(service, request, response, this.parts.context.log);
        }
    }

    /** A catalog is a region's: answering for another region with this one's tables would be wrong. */
    private checkRegion(scope: RequestScope): void {
        const own = this.parts.context.region;
        if (scope.region === undefined || scope.region === own) return;
        throw new AwsError(
            "InvalidSignatureException",
            `Credential should be scoped to a valid region: the local AWS serves '${own}', not '${scope.region}'.`,
        );
    }

    private pass(
        request: http.IncomingMessage,
        response: http.ServerResponse,
        target: Target,
        scope: RequestScope,
    ): void {
        const to = this.parts.emulator.address;
        if (to === undefined) {
            const { state, reason } = this.parts.emulator.status();
            throw new AwsError("ServiceUnavailable", reason ?? `The emulator is ${state}.`, 503);
        }
        // The emulator's own pages can reset its state; clients of AWS have no business there.
        if (/^\/_(ministack|localstack)\//.test(target.path)) {
            throw new AwsError("AccessDenied", `${target.path} is not part of AWS.`, 403);
        }
        const s3Control = target.path.startsWith("/v20180820/");
        const extra: Readonly<Record<string, string>> = s3Control
            ? { "x-amz-account-id": target.label ?? this.parts.context.account }
            : this.parts.context.outputEncryption.headersFor(request, target, scope);
        const path = pathStyle(target, scope);
        const sent = scope.service === "s3" ? this.traffic.count(request.method, path) : () => undefined;
        this.forwarder.forward(request, response, to, path, extra, sent);
    }

    /** Keeps what a role asks for. */
    private record(request: http.IncomingMessage, target: Target, scope: RequestScope): void {
        const { calls } = this.parts.context;
        const role = calls.roleOf(scope.accessKeyId);
        if (role === undefined) return;
        const { method = "GET", headers } = request;
        const signed = { service: scope.service, method, path: pathStyle(target, scope), query: target.query, headers };
        const keep = (body: Buffer) => {
            for (const each of callsOf({ ...signed, body }, this.parts.context)) calls.record(role, each);
        };
        if (!needsBody(signed)) return keep(Buffer.alloc(0));
        const chunks: Buffer[] = [];
        request.on("data", (chunk: Buffer) => chunks.push(chunk));
        request.on("end", () => keep(Buffer.concat(chunks)));
    }

    private control(request: http.IncomingMessage, response: http.ServerResponse, path: string): void {
        const action = `${request.method} ${path.slice("/_lakeworks/".length)}`;
        request.resume();
        // A page in a browser may post to loopback: only programs, which send no Origin, may stop the local AWS.
        if (request.method !== "GET" && request.headers.origin !== undefined) {
            throw new AwsError("AccessDenied", "Control requests are not accepted from web pages.", 403);
        }
        if (action === "GET health") return sendPage(response, 200, this.health());
        if (action === "GET calls") return sendPage(response, 200, this.parts.context.calls.snapshot());
        if (action === "POST warm") {
            this.warm();
            return sendPage(response, 202, {});
        }
        if (action === "POST shutdown") {
            response.on("finish", this.parts.shutdown);
            return sendPage(response, 202, {});
        }
        throw new AwsError(
            "NoSuchPage",
            `There is no ${action}; known: GET health, GET calls, POST warm, POST shutdown.`,
            404,
        );
    }

    private health(): object {
        const own = Object.entries(this.parts.services).map(([name, service]) => [name, service.status()] as const);
        return {
            pid: process.pid,
            version,
            endpoint: this.parts.context.endpoint,
            services: { ...Object.fromEntries(own), emulator: this.parts.emulator.status() },
            traffic: this.traffic.snapshot(),
        };
    }

    private warm(): void {
        for (const [name, service] of Object.entries(this.parts.services)) {
            service.warm?.().catch((error: unknown) => this.parts.context.log(`warm ${name}: ${String(error)}`));
        }
    }
}

/** Path and query with the bucket in the path, wherever the client put it. */
function pathStyle({ label, path }: Target, { service }: RequestScope): string {
    const virtualHost = service === "s3" && !path.startsWith("/v20180820/") && label !== undefined;
    return virtualHost ? `/${label}${path}` : path;
}

function sendPage(response: http.ServerResponse, status: number, body: object): void {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(`${JSON.stringify(body)}\n`);
}
