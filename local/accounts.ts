/**
 * The accounts of one local AWS: lakes side by side, told apart by the key that a request is signed with. A key of twelve
 * digits is that account's, as MiniStack has it for the services behind the gateway; so the account sees the same of both.
 */
import * as fs from "node:fs";
import * as path from "node:path";
import { Calls, type RoleCalls } from "./calls";
import { accountPattern, localAccount, type LocalContext } from "./context";
import type { Emulator } from "./emulator";
import { AwsError, type AwsService } from "./protocol/operations";
import { ServiceEvents } from "./serviceEvents";
import { ServiceMetrics } from "./serviceMetrics";

/** Services of ours by their signing name. */
export type Services = Readonly<Record<string, AwsService>>;

export interface Account {
    readonly context: LocalContext;
    readonly services: Services;
}

/** What all accounts have in common; the state folder is the first account's. */
export type SharedContext = Omit<
    LocalContext,
    "account" | "credentials" | "engineCredentials" | "calls" | "events" | "metrics"
>;

/** Each account has a catalog, schedules and, once it queries, an engine of its own. */
const mostAccounts = 32;

export class Accounts {
    private readonly opened = new Map<string, Account>();
    private stopping = false;

    constructor(
        private readonly shared: SharedContext,
        private readonly emulator: Emulator,
        private readonly createServices: (context: LocalContext) => Services,
    ) {
        this.open(localAccount);
        // Their schedules go on, whether somebody calls or not.
        for (const id of this.stored()) this.open(id);
    }

    /** The account of requests that name none. */
    get main(): Account {
        return this.opened.get(localAccount)!;
    }

    all(): readonly Account[] {
        return [...this.opened.values()];
    }

    /** Opened when it is first asked for. @throws LimitExceededException */
    of(id: string): Account {
        return this.opened.get(id) ?? this.open(id);
    }

    /** What each role has called, by the role's ARN. */
    calls(): Record<string, RoleCalls> {
        return Object.assign({}, ...this.all().map(({ context }) => context.calls.snapshot())) as Record<
            string,
            RoleCalls
        >;
    }

    async stop(): Promise<void> {
        this.stopping = true;
        const services = this.all().flatMap((account) => Object.values(account.services));
        const ends = await Promise.allSettled(services.map((service) => service.stop()));
        for (const end of ends) if (end.status === "rejected") this.shared.log(`stop: ${String(end.reason)}`);
        await Promise.all(this.all().flatMap(({ context }) => [context.events.flush(), context.metrics.flush()]));
    }

    private open(id: string): Account {
        if (this.stopping) throw new AwsError("ServiceUnavailable", "The local AWS is stopping.", 503);
        if (this.opened.size >= mostAccounts) {
            throw new AwsError(
                "LimitExceededException",
                `The local AWS holds ${mostAccounts} accounts and opens no more: ${id} is new. Use one of ${[...this.opened.keys()].slice(0, 3).join(", ")}, …`,
            );
        }
        const stateDir = id === localAccount ? this.shared.stateDir : path.join(this.folder(), id);
        const calls = new Calls(id);
        const [credentials, engineCredentials] = [calls.newCredentials(), calls.newCredentials()];
        const events = new ServiceEvents(this.emulator, { ...this.shared, account: id });
        const metrics = new ServiceMetrics({ ...this.shared, credentials });
        const own = { account: id, stateDir, calls, events, metrics, credentials, engineCredentials };
        const context = { ...this.shared, ...own };
        const account: Account = { context, services: this.createServices(context) };
        this.opened.set(id, account);
        return account;
    }

    private stored(): string[] {
        const folder = this.folder();
        return fs.existsSync(folder) ? fs.readdirSync(folder).filter((name) => accountPattern.test(name)) : [];
    }

    private folder(): string {
        return path.join(this.shared.stateDir, "accounts");
    }
}
