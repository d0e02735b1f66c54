/** Workgroups: https://docs.aws.amazon.com/athena/latest/ug/workgroups-manage-queries-control-costs.html */
import type * as athena from "@aws-sdk/client-athena";
import type { LocalContext } from "../../context";
import type { Operations } from "../../protocol/operations";
import { invalid, pageOf, pageSize, required } from "../errors";
import { primaryWorkGroup, workGroupArn, type AthenaStore, type StoredWorkGroup } from "../state";
import { tagsOf } from "../tags";
import { newConfiguration, updatedConfiguration } from "./configuration";

/** https://docs.aws.amazon.com/athena/latest/APIReference/API_CreateWorkGroup.html */
const validName = /^[a-zA-Z0-9._-]{1,128}$/;

/** @throws as AWS where there is none of the name */
export function findWorkGroup(store: AthenaStore, name: string | undefined): StoredWorkGroup {
    const wanted = name ?? primaryWorkGroup;
    const found = Object.hasOwn(store.state.workGroups, wanted) ? store.state.workGroups[wanted] : undefined;
    if (found === undefined) throw invalid(`WorkGroup ${wanted} is not found.`);
    return found;
}

/** @param forgetExecutions drops what a deleted workgroup's queries left */
export function workGroupOperations(
    context: LocalContext,
    store: AthenaStore,
    executionsOf: (workGroup: string) => { count: number; forget: () => void },
): Operations {
    const { state } = store;
    return {
        CreateWorkGroup: (input: athena.CreateWorkGroupInput) => {
            const name = required(input.Name, "name");
            if (!validName.test(name)) {
                throw invalid(
                    `1 validation error detected: Value '${name}' at 'name' failed to satisfy constraint: ` +
                        `Member must satisfy regular expression pattern: [a-zA-Z0-9._-]{1,128}`,
                );
            }
            if (Object.hasOwn(state.workGroups, name)) throw invalid(`WorkGroup ${name} is already created`);
            state.workGroups[name] = {
                name,
                state: "ENABLED",
                description: input.Description,
                configuration: newConfiguration(input.Configuration),
                created: Date.now(),
            };
            if (input.Tags !== undefined) state.tags[workGroupArn(context, name)] = tagsOf(input.Tags);
            store.changed();
            return {};
        },
        GetWorkGroup: (input: athena.GetWorkGroupInput) => ({
            WorkGroup: describe(findWorkGroup(store, required(input.WorkGroup, "workGroup"))),
        }),
        UpdateWorkGroup: (input: athena.UpdateWorkGroupInput) => {
            const group = findWorkGroup(store, required(input.WorkGroup, "workGroup"));
            if (input.ConfigurationUpdates) {
                group.configuration = updatedConfiguration(group.configuration, input.ConfigurationUpdates);
            }
            group.description = input.Description ?? group.description;
            group.state = input.State ?? group.state;
            store.changed();
            return {};
        },
        DeleteWorkGroup: (input: athena.DeleteWorkGroupInput) => {
            const { name } = findWorkGroup(store, required(input.WorkGroup, "workGroup"));
            if (name === primaryWorkGroup) throw invalid("WorkGroup primary cannot be deleted.");
            const executions = executionsOf(name);
            const queries = Object.values(state.namedQueries).filter((query) => query.workGroup === name);
            const statements = Object.entries(state.preparedStatements).filter(
                ([, { workGroup }]) => workGroup === name,
            );
            if (input.RecursiveDeleteOption !== true && executions.count + queries.length + statements.length > 0) {
                throw invalid(`WorkGroup ${name} is not empty`);
            }
            executions.forget();
            for (const { id } of queries) delete state.namedQueries[id];
            for (const [key] of statements) delete state.preparedStatements[key];
            delete state.workGroups[name];
            delete state.tags[workGroupArn(context, name)];
            store.changed();
            return {};
        },
        ListWorkGroups: (input: athena.ListWorkGroupsInput) => {
            const sorted = Object.values(state.workGroups).sort((a, b) => (a.name < b.name ? -1 : 1));
            const { page, next } = pageOf(sorted, input.NextToken, pageSize(input.MaxResults, 50));
            return {
                WorkGroups: page.map((group) => ({
                    Name: group.name,
                    State: group.state,
                    Description: group.description ?? "",
                    CreationTime: new Date(group.created),
                    EngineVersion: group.configuration.EngineVersion,
                })),
                NextToken: next,
            };
        },
        ListEngineVersions: () => ({
            EngineVersions: ["AUTO", "Athena engine version 3"].map((SelectedEngineVersion) => ({
                SelectedEngineVersion,
                EffectiveEngineVersion: "Athena engine version 3",
            })),
        }),
    };
}

function describe(group: StoredWorkGroup): athena.WorkGroup {
    return {
        Name: group.name,
        State: group.state,
        Description: group.description ?? "",
        Configuration: group.configuration,
        CreationTime: new Date(group.created),
    };
}
