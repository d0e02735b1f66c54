/** What the local Athena keeps across restarts, its executions aside. */
import * as path from "node:path";
import type { WorkGroupConfiguration } from "@aws-sdk/client-athena";
import type { LocalContext } from "../context";
import { Store } from "../store";

export interface StoredWorkGroup {
    readonly name: string;
    state: "ENABLED" | "DISABLED";
    description?: string;
    configuration: WorkGroupConfiguration;
    /** Epoch milliseconds. */
    readonly created: number;
}

export interface StoredNamedQuery {
    readonly id: string;
    name: string;
    description?: string;
    readonly database: string;
    query: string;
    readonly workGroup: string;
    /** As the client sent it: the same token is the same query. */
    readonly token?: string;
}

export interface StoredPreparedStatement {
    readonly name: string;
    readonly workGroup: string;
    query: string;
    description?: string;
    /** Epoch milliseconds. */
    modified: number;
}

export interface AthenaState {
    workGroups: Record<string, StoredWorkGroup>;
    namedQueries: Record<string, StoredNamedQuery>;
    /** By workgroup and name: `preparedKey`. */
    preparedStatements: Record<string, StoredPreparedStatement>;
    /** By ARN. */
    tags: Record<string, Record<string, string>>;
}

export type AthenaStore = Store<AthenaState>;

/** Every account has it and cannot delete it. */
export const primaryWorkGroup = "primary";

export function openState(context: LocalContext): AthenaStore {
    return new Store<AthenaState>(path.join(context.stateDir, "athena", "state.json"), {
        workGroups: {
            [primaryWorkGroup]: {
                name: primaryWorkGroup,
                state: "ENABLED",
                configuration: {
                    ResultConfiguration: {},
                    EnforceWorkGroupConfiguration: false,
                    PublishCloudWatchMetricsEnabled: false,
                    RequesterPaysEnabled: false,
                    EngineVersion: engineVersion("AUTO"),
                },
                created: Date.now(),
            },
        },
        namedQueries: {},
        preparedStatements: {},
        tags: {},
    });
}

export const effectiveEngine = "Athena engine version 3";

export function engineVersion(selected: string) {
    return { SelectedEngineVersion: selected, EffectiveEngineVersion: effectiveEngine };
}

export function preparedKey(workGroup: string, name: string): string {
    return `${workGroup}/${name}`;
}

export function workGroupArn({ region, account }: LocalContext, name: string): string {
    return `arn:aws:athena:${region}:${account}:workgroup/${name}`;
}
