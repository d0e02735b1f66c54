/** What an execution did, stage by stage: https://docs.aws.amazon.com/athena/latest/APIReference/API_GetQueryRuntimeStatistics.html */
import type { QueryRuntimeStatistics, QueryStage, QueryStagePlanNode } from "@aws-sdk/client-athena";
import type { TrinoPlanNode, TrinoQueryInfo, TrinoStage } from "../trino/client";
import { bytesOf, millisecondsOf } from "../trino/units";
import { describeExecution, type Execution } from "./record";

/** Of the last statement that the engine ran for an execution. */
export interface Runtime {
    readonly inputRows: number;
    readonly outputRows: number;
    readonly outputBytes: number;
    readonly outputStage?: QueryStage;
}

export function runtimeOf({ queryStats, outputStage }: TrinoQueryInfo): Runtime {
    return {
        inputRows: queryStats.physicalInputPositions,
        outputRows: queryStats.outputPositions,
        outputBytes: bytesOf(queryStats.outputDataSize),
        outputStage: outputStage && stageOf(outputStage),
    };
}

/** Times, rows and stages of what has succeeded or failed; rows and stages only where the engine ran to an end. */
export function describeRuntime(execution: Execution): QueryRuntimeStatistics {
    if (execution.state !== "SUCCEEDED" && execution.state !== "FAILED") return {};
    const { Statistics: times = {} } = describeExecution(execution);
    const { runtime } = execution;
    return {
        Timeline: {
            QueryQueueTimeInMillis: times.QueryQueueTimeInMillis,
            QueryPlanningTimeInMillis: times.QueryPlanningTimeInMillis,
            EngineExecutionTimeInMillis: times.EngineExecutionTimeInMillis,
            ServiceProcessingTimeInMillis: times.ServiceProcessingTimeInMillis,
            TotalExecutionTimeInMillis: times.TotalExecutionTimeInMillis,
        },
        Rows: runtime && {
            InputRows: runtime.inputRows,
            InputBytes: execution.scannedBytes,
            OutputRows: runtime.outputRows,
            OutputBytes: runtime.outputBytes,
        },
        OutputStage: runtime?.outputStage,
    };
}

function stageOf({ stageId, state, stageStats, plan, subStages }: TrinoStage): QueryStage {
    return {
        StageId: Number(stageId.split(".").at(-1)),
        State: state,
        InputRows: stageStats.processedInputPositions,
        InputBytes: bytesOf(stageStats.processedInputDataSize),
        OutputRows: stageStats.outputPositions,
        OutputBytes: bytesOf(stageStats.outputDataSize),
        ExecutionTime: Math.round(millisecondsOf(stageStats.totalScheduledTime)),
        QueryStagePlan: plan && planOf(plan.root),
        SubStages: subStages.map(stageOf),
    };
}

/** A node's children are those of its members that are nodes, whatever they are called. */
function planOf(node: TrinoPlanNode): QueryStagePlanNode {
    const children = Object.values(node).flat().filter(isNode);
    const { sourceFragmentIds: remote } = node;
    const type = node["@type"];
    return {
        Name: `${type.charAt(0).toUpperCase()}${type.slice(1)}`,
        Identifier: `[${(node.outputs ?? []).map(({ name }) => name).join(", ")}]`,
        Children: children.map(planOf),
        RemoteSources: remote === undefined ? [] : [...remote],
    };
}

function isNode(value: unknown): value is TrinoPlanNode {
    return typeof value === "object" && value !== null && "@type" in value && "id" in value;
}
