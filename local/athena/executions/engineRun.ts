/** One statement on Trino, from its text to what it gave. */
import { setTimeout as delay } from "node:timers/promises";
import {
    queryInfo,
    runStatement,
    type TrinoError,
    type TrinoPage,
    type TrinoQueryInfo,
    type TrinoRequest,
} from "../trino/client";
import type { TrinoEngine } from "../trino/engine";
import type { TrinoProcess } from "../trino/process";
import { QueryFault } from "./faults";

export interface EngineOutcome {
    readonly last: TrinoPage;
    readonly info: TrinoQueryInfo;
}

/** How long a server whose connection broke may take to be known as ended. */
const endNoticeMs = 5_000;

/** A server that has just started learns of its own catalogs some seconds later; until then it has no nodes for them. */
const noNodesPatienceMs = 20_000;

/**
 * @param started called once the engine takes the statement
 * @param each called with every page; an answer of false cancels the statement
 * @returns undefined when cancelled
 * @throws QueryFault
 */
export async function runOnEngine(
    engine: TrinoEngine,
    request: TrinoRequest,
    started: () => void,
    each: (page: TrinoPage) => Promise<boolean>,
): Promise<EngineOutcome | undefined> {
    const server = await engine.ready();
    started();
    const patience = Date.now() + noNodesPatienceMs;
    for (;;) {
        const outcome = await attempt(server, request, each);
        const error = outcome?.last.error;
        if (error === undefined) return outcome;
        if (!hasNoNodes(error) || Date.now() > patience) throw QueryFault.ofTrino(error);
        await delay(200);
    }
}

/** A statement that writes buckets says it in other words. */
function hasNoNodes({ errorName, message }: TrinoError): boolean {
    return errorName === "NO_NODES_AVAILABLE" || message === "nodes is empty";
}

async function attempt(
    server: TrinoProcess,
    request: TrinoRequest,
    each: (page: TrinoPage) => Promise<boolean>,
): Promise<EngineOutcome | undefined> {
    let last: TrinoPage | undefined;
    try {
        for await (const page of runStatement(server.url, request)) {
            last = page;
            if (!(await each(page))) return undefined;
        }
        if (!last) throw new Error("Trino gave no answer.");
        return { last, info: await queryInfo(server.url, last.id) };
    } catch (error) {
        const how = await Promise.race([server.ended, delay(endNoticeMs, undefined, { ref: false })]);
        throw how === undefined ? error : QueryFault.engineEnded(how);
    }
}
