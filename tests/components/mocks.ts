/** Runs components without an engine, and records every resource that they register. */
import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";

export interface Recorded {
    readonly type: string;
    readonly name: string;
    /* Inputs as the provider would get them; a test names the property it is about. */
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    readonly inputs: any;
    readonly parent: string;
    readonly protect: boolean;
    readonly retainOnDelete: boolean;
    readonly deleteBeforeReplace: boolean;
    readonly replaceOnChanges: readonly string[];
    readonly ignoreChanges: readonly string[];
}

export const account = "123456789012";
export const region = "eu-central-1";

/** What the provider would add to the inputs. */
function outputsOf(type: string, name: string, inputs: Record<string, string | undefined>): Record<string, unknown> {
    const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${account}:${resource}`;
    const known: Record<string, (given: string) => Record<string, unknown>> = {
        "aws:s3/bucket:Bucket": () => ({ bucket: `${name}-0a1b2c3`, arn: `arn:aws:s3:::${name}-0a1b2c3` }),
        "aws:iam/role:Role": () => ({ name: `${name}-0a1b2c3`, arn: `arn:aws:iam::${account}:role/${name}-0a1b2c3` }),
        "aws:kms/key:Key": () => ({ keyId: "1234", arn: arn("kms", "key/1234") }),
        "aws:glue/catalogDatabase:CatalogDatabase": (given) => ({ arn: arn("glue", `database/${given}`) }),
        "aws:glue/catalogTable:CatalogTable": (given) => ({
            arn: arn("glue", `table/${inputs.databaseName}/${given}`),
        }),
        "aws:glue/dataQualityRuleset:DataQualityRuleset": (given) => ({
            arn: arn("glue", `dataQualityRuleset/${given}`),
        }),
        "aws:glue/connection:Connection": (given) => ({ arn: arn("glue", `connection/${given}`) }),
        "aws:glue/job:Job": (given) => ({ arn: arn("glue", `job/${given}`) }),
        "aws:athena/workgroup:Workgroup": (given) => ({ arn: arn("athena", `workgroup/${given}`) }),
        "aws:sqs/queue:Queue": () => ({
            arn: arn("sqs", `${name}-0a1b2c3`),
            url: `https://sqs.${region}.amazonaws.com/${account}/${name}-0a1b2c3`,
        }),
        "aws:cloudwatch/logGroup:LogGroup": (given) => ({ arn: arn("logs", `log-group:${given}`) }),
        "aws:cloudwatch/metricAlarm:MetricAlarm": (given) => ({ arn: arn("cloudwatch", `alarm:${given}`) }),
        "aws:cloudtrail/trail:Trail": (given) => ({ arn: arn("cloudtrail", `trail/${given}`) }),
        "aws:sns/topic:Topic": (given) => ({ arn: arn("sns", given) }),
        "aws:ec2/vpcEndpoint:VpcEndpoint": () => ({ prefixListId: `pl-${name}` }),
        "awsx:ec2:Vpc": () => ({
            vpcId: "vpc-1",
            isolatedSubnetIds: ["subnet-1", "subnet-2"],
            subnets: ["2", "1"].map((zone) => ({ id: `subnet-${zone}`, availabilityZone: `${region}${zone}` })),
            routeTables: [{ id: "rtb-1" }, { id: "rtb-2" }],
        }),
    };
    return { name, region, ...inputs, ...known[type]?.(inputs.name ?? name) };
}

/** More outputs of resources by their names, for the test that is running. */
let answers: Readonly<Record<string, object>> = {};

const mocks: pulumi.runtime.Mocks = {
    newResource: ({ type, name, inputs, custom }) => ({
        id: custom === false ? undefined : `${name}-id`,
        state: { ...outputsOf(type, name, inputs), ...answers[name] },
    }),
    call: ({ token }) => {
        switch (token) {
            case "aws:index/getPartition:getPartition":
                return { partition: "aws", dnsSuffix: "amazonaws.com", reverseDnsPrefix: "com.amazonaws" };
            case "aws:index/getCallerIdentity:getCallerIdentity":
                return { accountId: account, arn: `arn:aws:sts::${account}:assumed-role/deployer/session` };
            case "aws:iam/getSessionContext:getSessionContext":
                return { issuerArn: `arn:aws:iam::${account}:role/deployer` };
            default:
                throw new Error(`The mocks know no call ${token}`);
        }
    },
};

export interface Built<T> {
    readonly resources: readonly Recorded[];
    /** Names of the outputs that each component registered, by the component's type. */
    readonly outputs: ReadonlyMap<string, readonly string[]>;
    readonly value: T;
}

/** Builds components and waits until everything they register has been registered. */
export async function build<T>(
    builder: () => T,
    stack = "test",
    preview = false,
    more: Readonly<Record<string, object>> = {},
): Promise<Built<T>> {
    answers = more;
    await pulumi.runtime.setMocks(mocks, "lakeworks", stack, preview);
    const resources: Recorded[] = [];
    const outputs = new Map<string, string[]>();
    recordRequests(resources, outputs);
    const value = builder();
    await pulumi.runtime.disconnect();
    return { resources, outputs, value };
}

/** Mocks are not given the options; the request to register a resource has them. */
function recordRequests(resources: Recorded[], outputs: Map<string, string[]>): void {
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    const monitor = (pulumi.runtime as any).getMonitor();
    const { registerResource, registerResourceOutputs } = monitor;
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    monitor.registerResource = (request: any, callback: unknown) => {
        resources.push({
            type: request.getType(),
            name: request.getName(),
            inputs: request.getObject().toJavaScript(),
            parent: request.getParent(),
            protect: request.getProtect(),
            retainOnDelete: request.getRetainondelete(),
            deleteBeforeReplace: request.getDeletebeforereplace(),
            replaceOnChanges: request.getReplaceonchangesList(),
            ignoreChanges: request.getIgnorechangesList(),
        });
        return registerResource.call(monitor, request, callback);
    };
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    monitor.registerResourceOutputs = (request: any, callback: unknown) => {
        const type = String(request.getUrn()).split("::").at(-2)?.split("$").at(-1) ?? "";
        outputs.set(type, Object.keys(request.getOutputs().toJavaScript()));
        return registerResourceOutputs.call(monitor, request, callback);
    };
}

export function ofType(built: Built<unknown>, type: string): Recorded[] {
    return built.resources.filter((resource) => resource.type === type);
}

/** The one resource of that type, or that type and name. */
export function one(built: Built<unknown>, type: string, name?: string): Recorded {
    const found = ofType(built, type).filter((resource) => name === undefined || resource.name === name);
    assert.equal(
        found.length,
        1,
        `expected one ${type} ${name ?? ""}, found ${found.map((each) => each.name).join(", ")}`,
    );
    return found[0]!;
}

/** The value of an output, once it is known. */
export function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
    return new Promise((resolve) => output.apply(resolve));
}

/** Checks what holds for every component: names, parents, outputs. */
export function assertWellFormed(built: Built<pulumi.ComponentResource>, type: string, name: string): void {
    const component = one(built, type, name);
    const children = built.resources.filter((resource) => resource !== component);
    assert.ok(children.length > 0);
    for (const child of children) {
        assert.ok(child.name.startsWith(`${name}-`), `${child.name} should begin with ${name}-`);
        assert.ok(child.parent.includes(type), `${child.name} should be a child of ${type}, not of ${child.parent}`);
    }
    const publicOutputs = Object.entries(built.value)
        .filter(([key, value]) => !key.startsWith("__") && key !== "urn" && pulumi.Output.isInstance(value))
        .map(([key]) => key);
    assert.deepEqual([...(built.outputs.get(type) ?? [])].sort(), publicOutputs.sort());
}

/** The paths of the arguments at fault, in order. */
export function faultsOf(builder: () => unknown): string[] {
    try {
        builder();
    } catch (error) {
        if (pulumi.InputPropertiesError.isInstance(error)) {
            return error.errors.map((fault) => fault.propertyPath).sort();
        }
        throw error;
    }
    return [];
}

export interface PolicyStatement {
    readonly Sid: string;
    readonly Effect: string;
    readonly Action: string | string[];
    readonly Resource: string | string[];
    readonly Condition?: Record<string, Record<string, string | string[]>>;
}

/** The statements of a role's only policy, by Sid. */
export function rightsOf(built: Built<unknown>, role: string): Map<string, PolicyStatement> {
    return statementsOf(one(built, "aws:iam/rolePolicy:RolePolicy", `${role}-policy`).inputs.policy);
}

/** The statements of a policy document, by Sid. */
export function statementsOf(policy: string): Map<string, PolicyStatement> {
    const { Statement } = JSON.parse(policy) as { Statement: PolicyStatement[] };
    return new Map(Statement.map((statement) => [statement.Sid, statement]));
}

export function actionsOf(rights: ReadonlyMap<string, PolicyStatement>): string[] {
    return [...rights.values()].flatMap((statement) => statement.Action).sort();
}
