/** Trino's client protocol: https://trino.io/docs/476/develop/client-protocol.html */

export interface TrinoColumn {
    readonly name: string;
    /** As Trino spells it, e.g. `decimal(10,2)` or `array(varchar)`. */
    readonly type: string;
    readonly typeSignature: TypeSignature;
}

/** A type as a tree; `arguments` are types, numbers (precision, length) or the named fields of a row. */
export interface TypeSignature {
    readonly rawType: string;
    readonly arguments: readonly TypeArgument[];
}

export type TypeArgument =
    | { readonly kind: "TYPE"; readonly value: TypeSignature }
    | { readonly kind: "LONG"; readonly value: number }
    | {
          readonly kind: "NAMED_TYPE";
          readonly value: { readonly fieldName?: { readonly name: string }; readonly typeSignature: TypeSignature };
      }
    | { readonly kind: "VARIABLE"; readonly value: string };

/** A value as Trino's JSON carries it: integers too long for a JavaScript number come as text. */
export type TrinoValue = null | boolean | number | string | TrinoValue[] | { [key: string]: TrinoValue };

export interface TrinoPage {
    readonly id: string;
    readonly nextUri?: string;
    readonly columns?: readonly TrinoColumn[];
    readonly data?: readonly TrinoValue[][];
    readonly stats: { readonly state: string; readonly physicalInputBytes: number };
    readonly error?: TrinoError;
    readonly updateType?: string;
    readonly updateCount?: number;
}

export interface TrinoError {
    readonly message: string;
    /** e.g. `TABLE_NOT_FOUND`. */
    readonly errorName: string;
    readonly errorType: "USER_ERROR" | "INTERNAL_ERROR" | "INSUFFICIENT_RESOURCES" | "EXTERNAL";
    readonly failureInfo?: { readonly cause?: { readonly message?: string } };
}

/** What a finished query read and how long it took, from `/v1/query/{id}`. */
export interface TrinoQueryInfo {
    readonly inputs: readonly TrinoInput[];
    readonly queryStats: {
        readonly physicalInputDataSize: string;
        readonly planningTime: string;
        readonly analysisTime: string;
        readonly queuedTime: string;
        readonly executionTime: string;
        readonly physicalInputPositions: number;
        readonly outputPositions: number;
        readonly outputDataSize: string;
        readonly operatorSummaries: readonly TrinoOperator[];
    };
    /** Of a statement that needs stages. */
    readonly outputStage?: TrinoStage;
}

/** A part of the plan that runs on its own, with those it reads from. */
export interface TrinoStage {
    /** The query's id, a point and the stage's number. */
    readonly stageId: string;
    readonly state: string;
    readonly plan?: { readonly root: TrinoPlanNode };
    readonly stageStats: {
        readonly processedInputPositions: number;
        readonly processedInputDataSize: string;
        readonly outputPositions: number;
        readonly outputDataSize: string;
        readonly totalScheduledTime: string;
    };
    readonly subStages: readonly TrinoStage[];
}

export interface TrinoPlanNode {
    readonly "@type": string;
    readonly id: string;
    readonly outputs?: readonly { readonly name: string }[];
    /** Of a node that reads from other stages, their numbers. */
    readonly sourceFragmentIds?: readonly string[];
    /** Those that it reads from, among others. */
    readonly [member: string]: unknown;
}

export interface TrinoInput {
    readonly catalogName: string;
    readonly schema: string;
    readonly table: string;
    readonly columns: readonly { readonly name: string }[];
    readonly connectorInfo?: { readonly partitionIds?: readonly string[]; readonly truncated?: boolean };
    /** The plan fragment that scans it; a stage of the same number runs it. */
    readonly fragmentId: string;
}

export interface TrinoOperator {
    readonly stageId: number;
    readonly physicalInputDataSize: string;
}

export interface TrinoRequest {
    readonly sql: string;
    readonly catalog: string;
    readonly schema: string;
    readonly session: Readonly<Record<string, string>>;
    /** A statement that `sql` executes by its name. */
    readonly prepared?: { readonly name: string; readonly sql: string };
}

const user = "athena";

/** Runs one statement: yields each page of the answer, the failed one too; ending the loop early cancels the statement. */
export async function* runStatement(server: string, request: TrinoRequest): AsyncGenerator<TrinoPage> {
    const session = Object.entries(request.session).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
    const { prepared } = request;
    let page = await readPage(
        await fetch(`${server}/v1/statement`, {
            method: "POST",
            body: request.sql,
            headers: {
                "X-Trino-User": user,
                "X-Trino-Source": "athena",
                "X-Trino-Catalog": request.catalog,
                "X-Trino-Schema": request.schema,
                "X-Trino-Time-Zone": "UTC",
                // Without it timestamps and times come rounded to milliseconds.
                "X-Trino-Client-Capabilities": "PARAMETRIC_DATETIME",
                ...(session.length > 0 && { "X-Trino-Session": session.join(",") }),
                ...(prepared && {
                    "X-Trino-Prepared-Statement": `${prepared.name}=${encodeURIComponent(prepared.sql)}`,
                }),
            },
        }),
    );
    try {
        yield page;
        while (page.nextUri !== undefined) {
            page = await readPage(await fetch(page.nextUri, { headers: { "X-Trino-User": user } }));
            yield page;
        }
    } finally {
        if (page.nextUri !== undefined) await cancel(page.nextUri);
    }
}

export async function queryInfo(server: string, id: string): Promise<TrinoQueryInfo> {
    const response = await fetch(`${server}/v1/query/${id}`, { headers: { "X-Trino-User": user } });
    if (!response.ok) throw new Error(`Trino has no information on its query ${id} (HTTP ${response.status}).`);
    return (await response.json()) as TrinoQueryInfo;
}

async function cancel(nextUri: string): Promise<void> {
    await fetch(nextUri, { method: "DELETE", headers: { "X-Trino-User": user } }).catch(() => undefined);
}

async function readPage(response: Response): Promise<TrinoPage> {
    const text = await response.text();
    if (!response.ok) throw new Error(`Trino answered HTTP ${response.status}: ${text.slice(0, 500)}`);
    return JSON.parse(quoteLongIntegers(text)) as TrinoPage;
}

/** A bigint of 16 and more digits would lose its last ones as a JavaScript number. */
function quoteLongIntegers(json: string): string {
    return json.replace(stringOrLongInteger, (token) => (token.startsWith('"') ? token : `"${token}"`));
}

const stringOrLongInteger = /"(?:[^"\\]|\\.)*"|(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g;
