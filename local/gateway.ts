/**
 * The one port of the local AWS. Glue, Athena and Lake Formation are answered here; every other service is passed to the
 * emulator. The service is the one in the signature's credential scope, as it is what the client meant whatever the
 * address; the account is that of the key.
 */
import * as http from "node:http";
import type { Account, Accounts, SharedContext } from "./accounts";
import { roleKeyAccount } from "./calls";
import { callsOf, needsBody } from "./calls/request";
import { Console } from "./console";
import type { Emulator } from "./emulator";
import { Faults } from "./faults";
import { inject, type Left } from "./faults/inject";
import { Forwarder } from "./forward";
import { Keys } from "./keys";
import { refuse, refuseBytes } from "./protocol/awsErrors";
import { serveJson } from "./protocol/json11";
import { AwsError } from "./protocol/operations";
import { decoded } from "./protocol/percent";
import { scopeOf, type RequestScope } from "./protocol/scope";
import { refuseForeignPage, targetOf, type Target } from "./protocol/target";
import { Traffic } from "./traffic";

export interface GatewayParts {
    readonly context: SharedContext;
    /** The address that it listens on. */
    readonly host: string;
    readonly emulator: Emulator;
    readonly accounts: Accounts;
    /** Called once on `POST /_lakeworks/shutdown`. */
    readonly shutdown: () => void;
}

export class Gateway {
    private readonly forwarder = new Forwarder();
    private readonly traffic = new Traffic();
    private readonly faults = new Faults();
    private readonly keys: Keys;
    private readonly console: Console;

    constructor(
        private readonly server: http.Server,
        private readonly parts: GatewayParts,
    ) {
        this.keys = new Keys(parts.emulator);
        this.console = new Console({ ...parts, traffic: this.traffic, faults: this.faults });
        // Uploads take as long as they take.
        server.requestTimeout = 0;
        server.keepAliveTimeout = 75_000;
        server.on("clientError", refuseBytes);
        server.on("request", (request, response) => void this.answer(request, response));
        server.on("checkContinue", (request: http.IncomingMessage, response: http.ServerResponse) => {
            response.writeContinue();
            void this.answer(request, response);
        });
    }

    close(): void {
        this.forwarder.close();
        this.server.close();
        this.server.closeAllConnections();
    }

    private async answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
        request.on("error", () => response.destroy());
        try {
            const target = targetOf(request, this.parts.host);
            refuseForeignPage(request.headers, this.parts.host);
            if (this.console.isFor(request, target)) await this.console.answer(request, response, target);
            else await this.route(request, response, target);
        } catch (error) {
            if (!(error instanceof AwsError)) this.parts.context.log(`gateway: ${String(error)}`);
            refuse(
                request,
                response,
                error instanceof AwsError ? error : new AwsError("InternalFailure", String(error), 500),
            );
        }
    }

    private async route(request: http.IncomingMessage, response: http.ServerResponse, target: Target): Promise<void> {
        const scope = scopeOf(request.headers, target.query);
        if (scope === undefined) {
            throw new AwsError(
                "AccessDenied",
                "The request is not signed, so the local AWS cannot tell its service. Any credentials do, e.g. test/test.",
                403,
            );
        }
        const account = this.parts.accounts.of(await this.keys.accountOf(scope.accessKeyId));
        this.record(request, response, target, scope, account);
        const left = await this.disturb(request, target, scope, account);
        if (left === "nothing") return;
        const service = Object.hasOwn(account.services, scope.service) ? account.services[scope.service] : undefined;
        if (service === undefined) this.pass(request, response, target, scope, account, left === "answer half");
        else {
            this.checkRegion(scope);
            const operations = service.operationsFor?.(scope.accessKeyId) ?? service.operations;
            await serveJson({ api: service.api, operations }, request, response, target, this.parts.context.log);
        }
    }

    /** Fails the request where the user's rules say so, but for requests of our own services. */
    private async disturb(
        request: http.IncomingMessage,
        target: Target,
        scope: RequestScope,
        account: Account,
    ): Promise<Left> {
        if (isOurs(scope, account)) return "answer";
        const operation = request.headers["x-amz-target"]?.toString().split(".").at(-1);
        const { service } = scope;
        const path = pathStyle(target, scope);
        const rule = this.faults.meet({ service, operation, method: request.method ?? "GET", path });
        return rule === undefined ? "answer" : inject(rule, service, request);
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
        { context }: Account,
        half: boolean,
    ): void {
        const to = this.parts.emulator.address;
        if (to === undefined) {
            const { state, reason } = this.parts.emulator.status();
            throw new AwsError("ServiceUnavailable", reason ?? `The emulator is ${state}.`, 503);
        }
        const path = pathStyle(target, scope);
        checkNotReserved(path, scope);
        const s3Control = target.path.startsWith("/v20180820/");
        const extra: Readonly<Record<string, string>> = s3Control
            ? { "x-amz-account-id": target.label ?? context.account }
            : context.outputEncryption.headersFor(request, target, scope);
        const sent = scope.service === "s3" ? this.traffic.count(request.method, path) : () => undefined;
        this.forwarder.forward(request, response, { to, path, extra, sent, keyInstead: emulatorKey(scope), half });
    }

    /** Keeps the request for the status page, and what a role asks for. */
    private record(
        request: http.IncomingMessage,
        response: http.ServerResponse,
        target: Target,
        scope: RequestScope,
        from: Account,
    ): void {
        const { calls, account } = from.context;
        const role = calls.roleOf(scope.accessKeyId);
        const { method = "GET", headers } = request;
        const path = pathStyle(target, scope);
        const { service } = scope;
        if (!isOurs(scope, from)) {
            this.console.recent.watch(request, response, { path, query: target.query }, { service, account, role });
        }
        if (role === undefined) return;
        const signed = { service, method, path, query: target.query, headers };
        const keep = (body: Buffer) => {
            for (const each of callsOf({ ...signed, body }, from.context)) calls.record(role, each);
        };
        if (!needsBody(signed)) return keep(Buffer.alloc(0));
        const chunks: Buffer[] = [];
        request.on("data", (chunk: Buffer) => chunks.push(chunk));
        request.on("end", () => keep(Buffer.concat(chunks)));
    }
}

/** Whether a request is of the services of the account themselves. */
function isOurs({ accessKeyId }: RequestScope, { context }: Account): boolean {
    return [context.credentials, context.engineCredentials].some((own) => own.accessKeyId === accessKeyId);
}

/** @throws for paths that the emulator keeps for itself, however they are encoded */
function checkNotReserved(path: string, { service }: RequestScope): void {
    const plain = decoded(path);
    // Its own pages can reset its state, ours there put events; clients of AWS have no business there.
    if (plain.startsWith("/_")) throw new AwsError("AccessDenied", `${path} is not part of AWS.`, 403);
    if (service === "s3" && plain.startsWith("/iceberg")) {
        throw new AwsError(
            "InvalidBucketName",
            "A bucket of the local AWS cannot have a name that begins with 'iceberg'.",
        );
    }
}

/** Path and query with the bucket in the path, wherever the client put it. */
function pathStyle({ label, path }: Target, { service }: RequestScope): string {
    const virtualHost = service === "s3" && !path.startsWith("/v20180820/") && label !== undefined;
    return virtualHost ? `/${label}${path}` : path;
}

/** Keys that we gave out are known here only: the emulator gets their account's own. */
function emulatorKey({ accessKeyId }: RequestScope): { from: string; to: string } | undefined {
    const to = accessKeyId === undefined ? undefined : roleKeyAccount(accessKeyId);
    return to === undefined ? undefined : { from: accessKeyId!, to };
}
