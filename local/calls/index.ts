/**
 * What each role does: job runs and crawls sign their requests by keys of their own, which stand for their role, and every
 * request so signed is kept as the IAM actions and resources that AWS would check. So a role's policy can be compared
 * with what its job really needs.
 */
import { randomBytes } from "node:crypto";

/** One or more requests that ask IAM the same. */
export interface Call {
    /** An IAM action, `s3:GetObject`; one that is unknown here has a blank in it, which no policy allows. */
    readonly action: string;
    /** ARNs that must all be allowed; `*` where the action knows no resource. */
    readonly resources: readonly string[];
    /** Condition keys of the request, for example `s3:prefix`. */
    readonly context: Readonly<Record<string, string>>;
}

/** What the page of the calls shows of a role. */
export interface RoleCalls {
    readonly calls: readonly (Call & { readonly count: number })[];
    /** Calls that were not kept, as there were too many different ones. */
    readonly dropped: number;
}

export interface Credentials {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
}

const roleKeyPrefix = "LWRN";

/** The account of a key that we gave to a role; undefined for all other keys. */
export function roleKeyAccount(accessKeyId: string): string | undefined {
    return /^LWRN(\d{12})[0-9A-F]{16}$/.exec(accessKeyId)?.[1];
}

/** Different calls kept of each role: a job that reads this many objects has shown what it does. */
const mostCalls = 20_000;

interface Kept {
    readonly calls: Map<string, Call & { count: number }>;
    dropped: number;
}

export class Calls {
    private readonly roles = new Map<string, string>();
    private readonly byRole = new Map<string, Kept>();

    constructor(private readonly account: string) {}

    /** Credentials that stand for nobody until they are given to a role. */
    newCredentials(): Credentials {
        return {
            accessKeyId: `${roleKeyPrefix}${this.account}${randomBytes(8).toString("hex").toUpperCase()}`,
            secretAccessKey: randomBytes(20).toString("hex"),
        };
    }

    /** From now on what is signed by the key is the role's. @param role ARN or name */
    give(accessKeyId: string, role: string): void {
        this.roles.set(accessKeyId, this.arnOf(role));
    }

    /** The key is nobody's again. */
    withdraw(accessKeyId: string): void {
        this.roles.delete(accessKeyId);
    }

    /** ARN of the role that the key was given to. */
    roleOf(accessKeyId: string | undefined): string | undefined {
        return accessKeyId === undefined ? undefined : this.roles.get(accessKeyId);
    }

    /** Keeps a call of a role: also of one that our own services do for it without a request. @param role ARN or name */
    record(role: string, { action, resources, context }: Call): void {
        const arn = this.arnOf(role);
        const kept = this.byRole.get(arn) ?? { calls: new Map<string, Call & { count: number }>(), dropped: 0 };
        this.byRole.set(arn, kept);
        const key = JSON.stringify([action, resources, context]);
        const same = kept.calls.get(key);
        if (same !== undefined) same.count += 1;
        else if (kept.calls.size < mostCalls) kept.calls.set(key, { action, resources, context, count: 1 });
        else kept.dropped += 1;
    }

    /** By the role's ARN. */
    snapshot(): Record<string, RoleCalls> {
        return Object.fromEntries(
            [...this.byRole].map(([role, { calls, dropped }]) => [role, { calls: [...calls.values()], dropped }]),
        );
    }

    private arnOf(role: string): string {
        return role.startsWith("arn:") ? role : `arn:aws:iam::${this.account}:role/${role}`;
    }
}
