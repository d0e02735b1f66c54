/** Query executions: https://docs.aws.amazon.com/athena/latest/APIReference/API_StartQueryExecution.html */
import { randomUUID } from "node:crypto";
import type * as athena from "@aws-sdk/client-athena";
import { HeadBucketCommand, type S3Client } from "@aws-sdk/client-s3";
import type { Operations } from "../../protocol/operations";
import { invalid, pageOf, pageSize, required } from "../errors";
import { checkQueryText, type PreparedStatements } from "../queries";
import { asFolder, parseS3 } from "../results/location";
import type { AthenaStore, StoredWorkGroup } from "../state";
import { analyze, type Analysis } from "../statements/analyze";
import { SyntaxFault } from "../../../sql/lexer";
import { findWorkGroup } from "../workgroups";
import { checkResult } from "../workgroups/configuration";
import { describeExecution, isFinal, type Execution, type ExecutionLog } from "./record";
import { whatRuns } from "./prepared";
import { readResults } from "./results";
import { reuseMinutes } from "./reuse";
import type { Runner } from "./runner";
import { describeRuntime } from "./runtime";

const glueCatalogName = "AwsDataCatalog";

export function executionOperations(
    store: AthenaStore,
    executions: ExecutionLog,
    runner: Runner,
    prepared: PreparedStatements,
    s3: S3Client,
): Operations {
    const find = (id: string | undefined): Execution => {
        const execution = executions.get(required(id, "queryExecutionId"));
        if (!execution) throw invalid(`QueryExecution ${id} was not found`);
        return execution;
    };
    return {
        StartQueryExecution: async (input: athena.StartQueryExecutionInput) => {
            const request = JSON.stringify([
                input.QueryString,
                input.QueryExecutionContext,
                input.WorkGroup,
                input.ResultConfiguration,
                input.ExecutionParameters,
                input.ResultReuseConfiguration,
            ]);
            const repeated =
                input.ClientRequestToken === undefined ? undefined : executions.byToken(input.ClientRequestToken);
            if (repeated && repeated.request !== request) throw invalid("Idempotent parameters do not match");
            if (repeated) return { QueryExecutionId: repeated.id };
            const group = findWorkGroup(store, input.WorkGroup);
            const asked = inspect(checkQueryText(required(input.QueryString, "queryString")));
            const { analysis, using } = whatRuns(prepared, group.name, asked);
            const execution = { ...plan(input, group, analysis, request), using };
            // Known before the first wait: a retry with its token that comes meanwhile must find it.
            executions.add(execution);
            try {
                await checkBucket(s3, execution.resultConfiguration.OutputLocation ?? "");
            } catch (error) {
                executions.remove(execution.id);
                throw error;
            }
            runner.submit(execution, analysis);
            return { QueryExecutionId: execution.id };
        },
        GetQueryExecution: (input: athena.GetQueryExecutionInput) => ({
            QueryExecution: describeExecution(find(input.QueryExecutionId)),
        }),
        BatchGetQueryExecution: (input: athena.BatchGetQueryExecutionInput) => {
            const ids = required(input.QueryExecutionIds, "queryExecutionIds");
            if (ids.length > 50) throw invalid(`QueryExecutionIds has ${ids.length} members; it may have 50.`);
            const missing = ids.filter((id) => executions.get(id) === undefined);
            return {
                QueryExecutions: ids.filter((id) => !missing.includes(id)).map((id) => describeExecution(find(id))),
                UnprocessedQueryExecutionIds: missing.map((QueryExecutionId) => ({
                    QueryExecutionId,
                    ErrorCode: "INVALID_INPUT",
                    ErrorMessage: `QueryExecution ${QueryExecutionId} was not found`,
                })),
            };
        },
        ListQueryExecutions: (input: athena.ListQueryExecutionsInput) => {
            const { name } = findWorkGroup(store, input.WorkGroup);
            const ids = executions.list(name).map(({ id }) => id);
            const { page, next } = pageOf(ids, input.NextToken, pageSize(input.MaxResults, 50, 0));
            return { QueryExecutionIds: page, NextToken: next };
        },
        StopQueryExecution: (input: athena.StopQueryExecutionInput) => {
            const execution = find(input.QueryExecutionId);
            if (!isFinal(execution.state)) runner.cancel(execution);
            return {};
        },
        GetQueryRuntimeStatistics: (input: athena.GetQueryRuntimeStatisticsInput) => ({
            QueryRuntimeStatistics: describeRuntime(find(input.QueryExecutionId)),
        }),
        GetQueryResults: (input: athena.GetQueryResultsInput) => readResults(s3, find(input.QueryExecutionId), input),
    };
}

function inspect(query: string): Analysis {
    try {
        return analyze(query);
    } catch (error) {
        if (error instanceof SyntaxFault) throw invalid(error.message);
        throw error;
    }
}

function plan(
    input: athena.StartQueryExecutionInput,
    group: StoredWorkGroup,
    { statement }: Analysis,
    request: string,
): Execution {
    if (group.state !== "ENABLED") throw invalid(`WorkGroup ${group.name} is disabled.`);
    const context = input.QueryExecutionContext ?? {};
    if (context.Catalog !== undefined && context.Catalog.toLowerCase() !== glueCatalogName.toLowerCase()) {
        throw invalid(`The local Athena has one data catalog, ${glueCatalogName}; there is no '${context.Catalog}'.`);
    }
    const id = randomUUID();
    const {
        EnforceWorkGroupConfiguration: enforced = false,
        ResultConfiguration: own = {},
        BytesScannedCutoffPerQuery,
        PublishCloudWatchMetricsEnabled: published,
    } = group.configuration;
    const given = input.ResultConfiguration ?? {};
    checkResult(given);
    const settings = enforced ? own : { ...own, ...given };
    if (settings.OutputLocation === undefined || settings.OutputLocation === "") {
        throw invalid(
            "No output location provided. An output location is required either through the Workgroup result configuration setting or as an API input.",
        );
    }
    return {
        id,
        query: input.QueryString ?? "",
        type: statement.type,
        subtype: statement.subtype,
        result: statement.result,
        workGroup: group.name,
        catalog: (context.Catalog ?? glueCatalogName).toLowerCase(),
        database: databaseNamed(context.Database),
        parameters: input.ExecutionParameters,
        reuseMinutes: reuseMinutes(input.ResultReuseConfiguration),
        token: input.ClientRequestToken,
        request,
        resultConfiguration: {
            ...settings,
            OutputLocation: `${asFolder(settings.OutputLocation)}${resultName(id, statement)}`,
        },
        enforced,
        published,
        cutoff: BytesScannedCutoffPerQuery,
        state: "QUEUED",
        submitted: Date.now(),
        scannedBytes: 0,
    };
}

/** https://docs.aws.amazon.com/athena/latest/ug/querying-finding-output-files.html */
function resultName(id: string, { kind, result }: Analysis["statement"]): string {
    if (kind === "ctas") return `tables/${id}`;
    return result === "none" ? id : `${id}.${result}`;
}

async function checkBucket(s3: S3Client, location: string): Promise<void> {
    const { bucket } = parseS3(location) ?? { bucket: "" };
    try {
        await s3.send(new HeadBucketCommand({ Bucket: bucket }));
    } catch {
        throw invalid(`Unable to verify/create output bucket ${bucket}`);
    }
}

/** Clients give it as Hive's statements quote it, too. */
function databaseNamed(given = "default"): string {
    return (/^`(.*)`$/s.exec(given)?.[1] ?? given).toLowerCase();
}
