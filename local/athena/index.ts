/** Amazon Athena of the local AWS: real Trino behind Athena's API. */
import * as fs from "node:fs";
import * as path from "node:path";
import { clientsOf, type LocalContext } from "../context";
import type { LocalService } from "../protocol/operations";
import { executionOperations } from "./executions";
import { ExecutionLog } from "./executions/record";
import { Runner } from "./executions/runner";
import { metadataOperations } from "./metadata";
import { namedQueryOperations, PreparedStatements } from "./queries";
import { openState } from "./state";
import { tagOperations } from "./tags";
import { TrinoEngine } from "./trino/engine";
import { workGroupOperations } from "./workgroups";

export function createAthena(context: LocalContext): LocalService {
    const dir = path.join(context.stateDir, "athena");
    // Results that a killed process was still writing.
    fs.rmSync(path.join(dir, "results"), { recursive: true, force: true });
    const store = openState(context);
    const executions = new ExecutionLog(path.join(dir, "executions"));
    const prepared = new PreparedStatements(store);
    const engine = new TrinoEngine(context);
    const { glue, s3 } = clientsOf(context);
    const runner = new Runner(context, engine, executions, prepared);
    const left = (workGroup: string) => ({
        count: executions.list(workGroup).length,
        forget: () => executions.forget(workGroup),
    });
    return {
        operations: {
            ...workGroupOperations(context, store, left),
            ...namedQueryOperations(store),
            ...prepared.operations(),
            ...tagOperations(context, store),
            ...executionOperations(store, executions, runner, prepared, s3),
            ...metadataOperations(glue),
        },
        warm: async () => void (await engine.ready()),
        status: () => ({ ...engine.status(), executions: executions.counts() }),
        stop: async () => {
            await engine.stop();
            executions.flush();
            store.flush();
        },
    };
}
