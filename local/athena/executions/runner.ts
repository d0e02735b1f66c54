/** Does what each execution asks for: on the catalog, on Trino, or by what was asked before. */
import * as path from "node:path";
import type { S3Client } from "@aws-sdk/client-s3";
import type { GlueClient } from "@aws-sdk/client-glue";
import { clientsOf, type LocalContext } from "../../context";
import { runOnCatalog } from "../catalog";
import { findTable, type CatalogSession } from "../catalog/shared";
import type { PreparedStatements } from "../queries";
import { isIcebergCtas, planIcebergCtas } from "../iceberg/ctas";
import { settle } from "../iceberg/settle";
import { planMaintenance, rethrowMaintenanceFault, sessionOfTarget } from "../iceberg/writes";
import { writtenRows } from "../results/columns";
import { asFolder } from "../results/location";
import { ResultFile } from "../results/writer";
import type { Analysis } from "../statements/analyze";
import { CtasFault, planCtas } from "../statements/ctas";
import type { TableName } from "../statements/cursor";
import { planUnload } from "../statements/unload";
import type { TrinoPage, TrinoRequest } from "../trino/client";
import type { TrinoEngine } from "../trino/engine";
import { hiveCatalog } from "../trino/settings";
import { bytesOf, millisecondsOf } from "../trino/units";
import { runOnEngine } from "./engineRun";
import { QueryFault } from "./faults";
import { Lifecycle } from "./lifecycle";
import { ObjectFinder } from "./objects";
import { planPrepared, withParameters } from "./prepared";
import { Publisher } from "./publisher";
import { Queue } from "./queue";
import { isFinal, type Execution, type ExecutionLog } from "./record";
import { findReusable, isReusable } from "./reuse";
import { RowWriter } from "./rowWriter";
import { runtimeOf } from "./runtime";
import { ScanMeter } from "./scanned";
import { queryOf, unload, type UnloadTools } from "./unload";
import { filesWritten } from "./writtenFiles";

/** Queries that run at once; Trino's memory on a laptop is small. The rest wait, and workgroups take turns. */
export const concurrency = 4;

export class Runner {
    private readonly glue: GlueClient;
    private readonly s3: S3Client;
    private readonly meter: ScanMeter;
    private readonly finder: ObjectFinder;
    private readonly publisher: Publisher;
    private readonly lifecycle: Lifecycle;
    private readonly queue = new Queue(concurrency);

    constructor(
        private readonly context: LocalContext,
        private readonly engine: TrinoEngine,
        private readonly executions: ExecutionLog,
        private readonly prepared: PreparedStatements,
    ) {
        ({ glue: this.glue, s3: this.s3 } = clientsOf(context));
        this.finder = new ObjectFinder(this.glue, this.s3);
        this.meter = new ScanMeter(this.glue, this.s3, this.finder, context.log);
        this.publisher = new Publisher(this.s3);
        this.lifecycle = new Lifecycle(context, executions);
    }

    submit(execution: Execution, analysis: Analysis): void {
        this.lifecycle.submitted(execution);
        this.queue.add(execution.workGroup, () => this.run(execution, analysis));
    }

    /** Cancels what has not ended; a statement on Trino is ended there at its next page. */
    cancel(execution: Execution): void {
        this.lifecycle.ended(execution, "CANCELLED", "Query cancelled by user");
    }

    private async run(execution: Execution, analysis: Analysis): Promise<void> {
        if (isFinal(execution.state)) return;
        const file = new ResultFile(path.join(this.context.stateDir, "athena", "results", execution.id));
        try {
            const earlier = await findReusable(this.s3, this.executions, execution);
            if (earlier) this.reuse(execution, earlier);
            else await this.perform(execution, analysis, file);
            await settle(this.catalogOf(execution), analysis.statement);
            this.lifecycle.ended(execution, "SUCCEEDED");
        } catch (error) {
            const fault = asFault(error);
            if (!(error instanceof QueryFault || error instanceof CtasFault)) {
                this.context.log(`athena: ${execution.id}: ${error instanceof Error ? error.stack : String(error)}`);
            }
            if (!isFinal(execution.state) && !fault.cancelled) execution.error = fault.describe();
            this.lifecycle.ended(execution, fault.cancelled ? "CANCELLED" : "FAILED", fault.message);
        } finally {
            file.discard();
        }
    }

    /** The result stays where the earlier execution put it. */
    private reuse(execution: Execution, { resultConfiguration, columns }: Execution): void {
        this.lifecycle.started(execution);
        Object.assign(execution, { resultConfiguration, columns, reused: true, engineMs: 0 });
    }

    private async perform(execution: Execution, { statement, text }: Analysis, file: ResultFile): Promise<void> {
        const request = { sql: text, session: this.sessionOf(execution) };
        const catalog = this.catalogOf(execution);
        switch (statement.kind) {
            case "refused":
                throw QueryFault.notSupported(statement.what);
            case "catalog": {
                this.lifecycle.started(execution);
                const { columns, lines } = await runOnCatalog(catalog, statement.action);
                execution.columns = [...columns];
                execution.engineMs = Date.now() - (execution.started ?? Date.now());
                for (const line of lines) await file.write(`${line}\n`);
                return this.publisher.result(execution, file);
            }
            case "ctas": {
                const { enforced, database, resultConfiguration } = execution;
                const defaultLocation = asFolder(resultConfiguration.OutputLocation ?? "");
                const plan = isIcebergCtas(statement)
                    ? planIcebergCtas(text, statement, { database, defaultLocation })
                    : planCtas(text, statement, { catalog: hiveCatalog, defaultLocation, enforced });
                const planned = withParameters(execution, plan.sql);
                const whole = { ...planned, session: { ...request.session, ...plan.session } };
                return this.query(execution, whole, file, statement.table);
            }
            case "unload":
                return unload(this.unloadTools(execution), execution, planUnload(statement), queryOf(text, statement));
            case "maintenance": {
                for (const { sql, session } of await planMaintenance(catalog, statement)) {
                    const step = { sql, session: { ...request.session, ...session } };
                    const last = await this.engineStep(execution, step, file).catch(rethrowMaintenanceFault);
                    if (!last) return;
                }
                execution.columns = [];
                return this.publisher.result(execution, file);
            }
            case "engine":
            case "prepared": {
                const planned = planPrepared(this.prepared, execution, statement, text);
                const target = statement.kind === "engine" ? statement : undefined;
                const session = target ? await sessionOfTarget(catalog, target) : {};
                if (planned) {
                    const whole = { ...planned, session: { ...request.session, ...session } };
                    const written = target?.subtype === "INSERT" ? target.target : undefined;
                    return this.query(execution, whole, file, written);
                }
                this.lifecycle.started(execution);
                execution.columns = [];
                return this.publisher.result(execution, file);
            }
        }
    }

    /** @param written the table to which it adds files */
    private async query(
        execution: Execution,
        request: Pick<TrinoRequest, "sql" | "session" | "prepared">,
        file: ResultFile,
        written?: TableName,
    ): Promise<void> {
        const last = await this.engineStep(execution, request, file);
        if (!last) return;
        if (execution.result === "none") {
            execution.columns = [writtenRows];
            execution.updateCount = last.updateCount ?? 0;
            const table = written && (await findTable(this.catalogOf(execution), written));
            if (table) await this.publisher.manifest(execution, await filesWritten(this.finder, table, last.id));
            return this.publisher.metadata(execution);
        }
        // Trino looks at its limit once a second: a shorter query may have passed it.
        if (execution.cutoff !== undefined && execution.scannedBytes > execution.cutoff) throw QueryFault.overCutoff();
        execution.columns ??= [];
        await this.publisher.result(execution, file);
    }

    private unloadTools(execution: Execution): UnloadTools {
        const { s3, finder, publisher } = this;
        return {
            s3,
            finder,
            publisher,
            step: ({ session, ...step }) => {
                return this.engineStep(execution, { ...step, session: { ...this.sessionOf(execution), ...session } });
            },
            aside: (sql) => this.aside(sql),
        };
    }

    /** A statement on the engine that is not the query's own. */
    private async aside(sql: string): Promise<void> {
        const request = { sql, session: {}, catalog: hiveCatalog, schema: "default" };
        await runOnEngine(
            this.engine,
            request,
            () => undefined,
            () => Promise.resolve(true),
        );
    }

    /** Runs one of the execution's statements on Trino. @returns its last page; undefined when cancelled */
    private async engineStep(
        execution: Execution,
        request: Pick<TrinoRequest, "sql" | "session" | "prepared">,
        file?: ResultFile,
    ): Promise<TrinoPage | undefined> {
        const before = execution.scannedBytes;
        const rows = file && new RowWriter(execution, file);
        const outcome = await runOnEngine(
            this.engine,
            { ...request, catalog: hiveCatalog, schema: execution.database },
            () => {
                if (execution.started === undefined) this.lifecycle.started(execution);
            },
            async (page) => {
                if (isFinal(execution.state)) return false;
                execution.scannedBytes = before + page.stats.physicalInputBytes;
                await rows?.take(page);
                return true;
            },
        );
        if (!outcome) return undefined;
        const { info, last } = outcome;
        const { queryStats: stats } = info;
        execution.engineId = last.id;
        execution.runtime = runtimeOf(info);
        execution.reusable = isReusable(execution, info);
        execution.engineMs = (execution.engineMs ?? 0) + millisecondsOf(stats.executionTime);
        execution.planningMs =
            (execution.planningMs ?? 0) + millisecondsOf(stats.planningTime) + millisecondsOf(stats.analysisTime);
        const [scanned, fetched] = [await this.meter.measure(info), bytesOf(stats.physicalInputDataSize)];
        execution.scannedBytes = before + scanned;
        if (scanned !== fetched) {
            this.context.log(`athena: ${execution.id} scanned ${scanned} bytes; Trino fetched ${fetched}`);
        }
        return last;
    }

    private catalogOf({ database }: Execution): CatalogSession {
        return { glue: this.glue, s3: this.s3, database };
    }

    private sessionOf({ cutoff }: Execution): Record<string, string> {
        return cutoff === undefined ? {} : { query_max_scan_physical_bytes: `${cutoff}B` };
    }
}

function asFault(error: unknown): QueryFault {
    if (error instanceof QueryFault) return error;
    return error instanceof CtasFault ? QueryFault.ofUser(error.message) : QueryFault.internal(error);
}
