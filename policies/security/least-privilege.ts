import { fsbp } from "../lib/frameworks";
import { list } from "../lib/list";
import { type PolicyStatement, statementsOf } from "../lib/policyDocument";
import { unknown } from "../lib/preview";
import { type Judged, resourceRule } from "../lib/resourceRule";
import type { ResourceType } from "../lib/resourceTypes";

/**
 * Actions on data, on the catalog and on rights that can be narrowed to resources. Others that read or write nothing, or
 * know no resource, may have `*`: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const narrowable: readonly string[] = [
    ...["GetObject", "GetObjectVersion", "PutObject", "DeleteObject", "DeleteObjectVersion", "ListBucket"].map(s3),
    ...["ListBucketVersions", "DeleteBucket", "PutBucketPolicy", "PutObjectAcl", "RestoreObject"].map(s3),
    ...["GetTable", "GetTables", "CreateTable", "UpdateTable", "DeleteTable", "BatchDeleteTable"].map(glue),
    ...["GetPartition", "GetPartitions", "BatchGetPartition", "CreatePartition", "BatchCreatePartition"].map(glue),
    ...["UpdatePartition", "DeletePartition", "BatchDeletePartition", "GetDatabase", "GetDatabases"].map(glue),
    ...["CreateDatabase", "UpdateDatabase", "DeleteDatabase", "GetConnection", "StartJobRun", "StartCrawler"].map(glue),
    ...["UpdateJob", "DeleteJob"].map(glue),
    ...["StartQueryExecution", "StopQueryExecution", "GetQueryExecution", "GetQueryResults"].map(athena),
    ...["BatchGetQueryExecution", "GetQueryResultsStream", "UpdateWorkGroup", "DeleteWorkGroup"].map(athena),
    "kms:Decrypt",
    "kms:ReEncryptFrom",
    "iam:PassRole",
];

function s3(action: string): string {
    return `s3:${action}`;
}

function glue(action: string): string {
    return `glue:${action}`;
}

function athena(action: string): string {
    return `athena:${action}`;
}

/** Policies of AWS by which one may do everything, or everything in one service. */
const fullAccess = /^arn:[\w-]+:iam::aws:policy\/(?:[\w/-]+\/)?(AdministratorAccess|PowerUserAccess|\w*FullAccess)$/;

export const leastPrivilege = resourceRule(
    {
        name: "least-privilege",
        displayName: "Rights name actions and resources",
        description: "No IAM policy allows all actions of a service, or data actions on every resource.",
        severity: "high",
        tags: ["security", "access"],
        framework: fsbp("IAM.1", "IAM.21", "KMS.1", "KMS.2"),
        url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
        remediationSteps:
            "Name each action that is used, and the ARNs of the buckets, databases, tables, workgroups and keys that it is " +
            "used on. Replace AWS's managed FullAccess policies by one of your own.",
    },
    {
        "aws:iam/policy:Policy": (judged) => checkPolicy(`Policy "${judged.name}"`, judged, () => judged.props.policy),
        "aws:iam/rolePolicy:RolePolicy": (judged) =>
            checkPolicy(`Role policy "${judged.name}"`, judged, () => judged.props.policy),
        "aws:iam/userPolicy:UserPolicy": (judged) =>
            checkPolicy(`User policy "${judged.name}"`, judged, () => judged.props.policy),
        "aws:iam/groupPolicy:GroupPolicy": (judged) =>
            checkPolicy(`Group policy "${judged.name}"`, judged, () => judged.props.policy),
        "aws:iam/role:Role": checkRole,
        "aws:iam/policyAttachment:PolicyAttachment": (judged) =>
            checkAttached(`Policy attachment "${judged.name}"`, judged, () => judged.props.policyArn),
        "aws:iam/rolePolicyAttachment:RolePolicyAttachment": (judged) =>
            checkAttached(`Policy attachment "${judged.name}"`, judged, () => judged.props.policyArn),
        "aws:iam/userPolicyAttachment:UserPolicyAttachment": (judged) =>
            checkAttached(`Policy attachment "${judged.name}"`, judged, () => judged.props.policyArn),
        "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": (judged) =>
            checkAttached(`Policy attachment "${judged.name}"`, judged, () => judged.props.policyArn),
    },
);

type Report = Pick<Judged<ResourceType>, "look" | "report">;

function checkRole({ props, name, look, report }: Judged<"aws:iam/role:Role">): void {
    const title = `Role "${name}"`;
    const policies = look(() => props.inlinePolicies ?? []);
    for (const index of policies === unknown ? [] : policies.keys()) {
        checkPolicy(title, { look, report }, () => (policies as typeof props.inlinePolicies)?.[index]?.policy);
    }
    const attached = look(() => props.managedPolicyArns ?? []);
    for (const index of attached === unknown ? [] : attached.keys()) {
        checkAttached(title, { look, report }, () => (attached as readonly string[])[index]);
    }
}

function checkAttached(title: string, { look, report }: Report, read: () => string | undefined): void {
    const arn = look(read);
    const policy = typeof arn === "string" ? fullAccess.exec(arn)?.[1] : undefined;
    if (policy !== undefined) {
        report(
            `${title} attaches AWS's policy ${policy}, which allows more than any one task needs. Write a policy with the ` +
                "actions and resources that are used, and attach that.",
        );
    }
}

function checkPolicy(title: string, { look, report }: Report, read: () => unknown): void {
    const statements = statementsOf(look, read);
    for (const statement of statements === unknown ? [] : statements) {
        if (statement.effect === "Allow") {
            for (const fault of faultsOf(statement)) {
                report(`${title} ${fault}`);
            }
        }
    }
}

function faultsOf({ actions, notActions, resources }: PolicyStatement): string[] {
    if (notActions !== unknown && notActions.length > 0) {
        return [
            `allows every action but ${list(notActions)}, those of services to come included. Name the allowed ones ` +
                "in Action, in place of NotAction.",
        ];
    }
    const named = actions === unknown ? [] : actions;
    const whole = named.filter((action) => /^([\w-]+:)?\*+$|^\*:\*$/.test(action));
    const faults = whole.map((action) =>
        action.startsWith("*")
            ? 'allows "*", every action of every service. Name the actions that are used.'
            : `allows "${action}", every action of the service, deletion and changes of rights included. Name the ` +
              "actions that are used.",
    );
    if (resources !== unknown && resources.some(isEverything)) {
        const wide = named.filter(
            (action) => !whole.includes(action) && narrowable.some((each) => covers(action, each)),
        );
        if (wide.length > 0) {
            faults.push(
                `allows ${list(wide)} on every resource, those of other teams included. Name the ARNs that it is used ` +
                    "on in Resource.",
            );
        }
    }
    return faults;
}

/** `*`, every bucket, or every object of every bucket. */
function isEverything(resource: string): boolean {
    return /^\*+$|^arn:[^:]*:s3:::\*(\/\*)?$/.test(resource);
}

/** Actions are compared without regard to case, and may have `*` and `?`. */
function covers(pattern: string, action: string): boolean {
    const escaped = pattern
        .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
        .replaceAll("*", ".*")
        .replaceAll("?", ".");
    return new RegExp(`^${escaped}$`, "i").test(action);
}
