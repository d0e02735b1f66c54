/** Faults on purpose: which request meets one. Nothing fails here unless it was asked for. */
import type { FaultRule } from "./rules";

export interface FaultRequest {
    readonly service: string;
    readonly operation?: string;
    readonly method: string;
    readonly path: string;
}

/** A rule with how many requests it fitted and how many of them it failed. */
export type FaultState = FaultRule & { readonly fitted: number; readonly failed: number };

interface Armed {
    readonly rule: FaultRule;
    seen: number;
    done: number;
}

export class Faults {
    private armed: Armed[] = [];

    /** In place of all earlier rules. */
    set(rules: readonly FaultRule[]): void {
        this.armed = rules.map((rule) => ({ rule, seen: 0, done: 0 }));
    }

    /** The fault that a request meets: that of the first rule whose turn it is. Counts it. */
    meet(request: FaultRequest): FaultRule | undefined {
        let met: FaultRule | undefined;
        for (const each of this.armed) {
            if (!fits(each.rule, request)) continue;
            each.seen += 1;
            if (met !== undefined || !isTurn(each)) continue;
            each.done += 1;
            met = each.rule;
        }
        return met;
    }

    describe(): FaultState[] {
        return this.armed.map(({ rule, seen, done }) => ({ ...rule, fitted: seen, failed: done }));
    }
}

function fits({ service, operation, method, path }: FaultRule, request: FaultRequest): boolean {
    return (
        (service === undefined || service === request.service) &&
        (operation === undefined || operation === request.operation) &&
        (method === undefined || method === request.method) &&
        (path === undefined || request.path.includes(path))
    );
}

function isTurn({ rule: { after = 0, every = 1, times = Infinity }, seen, done }: Armed): boolean {
    return done < times && seen > after && (seen - after) % every === 0;
}
