/** Query executions on disk, one file each: a state change rewrites only its own. */
import * as fs from "node:fs";
import * as path from "node:path";
import type { AthenaError, ColumnInfo, QueryExecution, ResultConfiguration } from "@aws-sdk/client-athena";
import { Store } from "../../store";
import { effectiveEngine } from "../state";
import type { ResultKind, StatementType } from "../statements/types";
import type { Runtime } from "./runtime";

export type ExecutionState = "QUEUED" | "RUNNING" | "SUCCEEDED" | "FAILED" | "CANCELLED";

export interface Execution {
    readonly id: string;
    readonly query: string;
    readonly type: StatementType;
    readonly subtype: string;
    readonly result: ResultKind;
    readonly workGroup: string;
    readonly catalog: string;
    readonly database: string;
    readonly parameters?: readonly string[];
    /** With the request it came with, to know a repeated one. */
    readonly token?: string;
    readonly request: string;
    /** What holds for it: the workgroup's or the client's, with the whole output location. */
    resultConfiguration: ResultConfiguration;
    /** Does the workgroup enforce its output location? */
    readonly enforced: boolean;
    /** Does its workgroup publish metrics? */
    readonly published?: boolean;
    /** Bytes at which the query is cancelled. */
    readonly cutoff?: number;
    state: ExecutionState;
    reason?: string;
    error?: AthenaError;
    /** Epoch milliseconds. */
    readonly submitted: number;
    started?: number;
    completed?: number;
    columns?: ColumnInfo[];
    /** Rows that a CTAS or INSERT wrote. */
    updateCount?: number;
    scannedBytes: number;
    engineMs?: number;
    planningMs?: number;
    serviceMs?: number;
    manifest?: string;
    /** Up to which age an earlier result may stand for its own; undefined where that is not asked for. */
    readonly reuseMinutes?: number;
    /** May later executions reuse its result? */
    reusable?: boolean;
    /** Its result is an earlier execution's. */
    reused?: boolean;
    /** Of its last statement on the engine. */
    engineId?: string;
    runtime?: Runtime;
    /** Values of the EXECUTE that runs it, as the source has them. */
    readonly using?: string;
}

/** Executions kept; AWS keeps 45 days of them. */
const mostExecutions = 1000;

export class ExecutionLog {
    private readonly executions = new Map<string, Store<Execution>>();
    /** Those that the end of the local AWS cut off: FAILED from here on. */
    readonly interrupted: Execution[] = [];

    constructor(private readonly dir: string) {
        fs.mkdirSync(dir, { recursive: true });
        const stores = fs
            .readdirSync(dir)
            .filter((file) => file.endsWith(".json"))
            .map((file) => new Store<Execution>(path.join(dir, file), {} as Execution));
        for (const store of stores.sort((a, b) => a.state.submitted - b.state.submitted)) {
            this.executions.set(store.state.id, store);
            if (!isFinal(store.state.state)) this.interrupt(store.state);
        }
    }

    add(execution: Execution): void {
        const store = new Store<Execution>(this.fileOf(execution.id), execution);
        this.executions.set(execution.id, store);
        store.changed();
        for (const { state } of this.executions.values()) {
            if (this.executions.size <= mostExecutions) break;
            if (isFinal(state.state)) this.remove(state.id);
        }
    }

    changed(execution: Execution): void {
        this.executions.get(execution.id)?.changed();
    }

    get(id: string): Execution | undefined {
        return this.executions.get(id)?.state;
    }

    /** The newest first. */
    list(workGroup: string): Execution[] {
        return [...this.executions.values()]
            .map(({ state }) => state)
            .filter((one) => one.workGroup === workGroup)
            .reverse();
    }

    byToken(token: string): Execution | undefined {
        return [...this.executions.values()].map(({ state }) => state).find((one) => one.token === token);
    }

    forget(workGroup: string): void {
        for (const { id } of this.list(workGroup)) this.remove(id);
    }

    remove(id: string): void {
        // A write that waits would bring the file back.
        this.executions.get(id)?.flush();
        this.executions.delete(id);
        fs.rmSync(this.fileOf(id), { force: true });
    }

    counts(): Record<string, number> {
        const counts: Record<string, number> = {};
        for (const { state } of this.executions.values()) counts[state.state] = (counts[state.state] ?? 0) + 1;
        return counts;
    }

    flush(): void {
        for (const store of this.executions.values()) store.flush();
    }

    private interrupt(execution: Execution): void {
        execution.state = "FAILED";
        execution.reason = "INTERNAL_ERROR: The local AWS stopped while the query ran.";
        execution.error = { ErrorCategory: 1, ErrorType: 200, Retryable: true, ErrorMessage: execution.reason };
        execution.completed = Date.now();
        this.changed(execution);
        this.interrupted.push(execution);
    }

    private fileOf(id: string): string {
        return path.join(this.dir, `${id}.json`);
    }
}

export function isFinal(state: ExecutionState): boolean {
    return state !== "QUEUED" && state !== "RUNNING";
}

/** As GetQueryExecution shows it: https://docs.aws.amazon.com/athena/latest/APIReference/API_QueryExecution.html */
export function describeExecution(execution: Execution): QueryExecution {
    const { submitted, started, completed } = execution;
    return {
        QueryExecutionId: execution.id,
        Query: execution.query,
        StatementType: execution.type,
        SubstatementType: execution.subtype,
        ResultConfiguration: execution.resultConfiguration,
        ResultReuseConfiguration: {
            ResultReuseByAgeConfiguration:
                execution.reuseMinutes === undefined
                    ? { Enabled: false }
                    : { Enabled: true, MaxAgeInMinutes: execution.reuseMinutes },
        },
        QueryExecutionContext: { Database: execution.database, Catalog: execution.catalog },
        Status: {
            State: execution.state,
            StateChangeReason: execution.reason,
            SubmissionDateTime: new Date(submitted),
            CompletionDateTime: completed === undefined ? undefined : new Date(completed),
            AthenaError: execution.error,
        },
        Statistics: {
            DataScannedInBytes: execution.scannedBytes,
            TotalExecutionTimeInMillis: (completed ?? Date.now()) - submitted,
            QueryQueueTimeInMillis: (started ?? completed ?? Date.now()) - submitted,
            EngineExecutionTimeInMillis: execution.engineMs,
            QueryPlanningTimeInMillis: execution.planningMs,
            ServiceProcessingTimeInMillis: execution.serviceMs,
            DataManifestLocation: execution.manifest,
            ResultReuseInformation: { ReusedPreviousResult: execution.reused === true },
        },
        WorkGroup: execution.workGroup,
        EngineVersion: { SelectedEngineVersion: "AUTO", EffectiveEngineVersion: effectiveEngine },
        ExecutionParameters: execution.parameters === undefined ? undefined : [...execution.parameters],
    };
}
