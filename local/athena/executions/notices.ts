/** What a query's changes of state tell EventBridge: https://docs.aws.amazon.com/athena/latest/ug/athena-events.html */
import type { ServiceEvent } from "../../serviceEvents";
import { isFinal, type Execution, type ExecutionState } from "./record";

/** The state that the execution is in now, and the one that it came from. */
export function queryStateChange(execution: Execution): ServiceEvent {
    const { state, error, started } = execution;
    const states: ExecutionState[] = ["QUEUED"];
    if (started !== undefined) states.push("RUNNING");
    if (isFinal(state)) states.push(state);
    return {
        source: "aws.athena",
        detailType: "Athena Query State Change",
        detail: {
            versionId: "0",
            currentState: state,
            previousState: states.at(-2),
            statementType: execution.type,
            queryExecutionId: execution.id,
            workgroupName: execution.workGroup,
            sequenceNumber: String(states.length),
            athenaError: error && {
                errorCategory: error.ErrorCategory,
                errorType: error.ErrorType,
                errorMessage: error.ErrorMessage,
                retryable: error.Retryable,
            },
        },
    };
}
