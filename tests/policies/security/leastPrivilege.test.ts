import { deepEqual, equal } from "node:assert/strict";
import { leastPrivilege } from "../../../policies/security/least-privilege";
import { ended, expired } from "../expired";
import { clean, excepted, judge, type Subject, unknownString, violation } from "../harness";
import { document, readStatement, rolePolicy } from "./fixtures";

const judged = (subject: Subject, config?: object) => judge(leastPrivilege, subject, config);
const allowing = (Action: string | string[], Resource: string | string[] = "*") =>
    rolePolicy({ Effect: "Allow", Action, Resource });
const role = (props: object): Subject => ({ type: "aws:iam/role:Role", name: "etl", props });

describe("policy least-privilege", () => {
    it("is mandatory, and names its controls", () => {
        equal(leastPrivilege.enforcementLevel, "mandatory");
        equal(leastPrivilege.framework?.reference, "IAM.1, IAM.21, KMS.1, KMS.2");
    });

    it("passes exact rights, wildcards in a name, denials, and what knows no resource", async () => {
        deepEqual(await judged(rolePolicy(readStatement)), clean);
        deepEqual(await judged(allowing(["kms:GenerateDataKey*", "logs:Describe*"])), clean);
        deepEqual(await judged(rolePolicy({ Effect: "Deny", Action: "*", Resource: "*" })), clean);
        deepEqual(
            await judged(allowing(["cloudwatch:PutMetricData", "glue:GetJobBookmark", "s3:ListAllMyBuckets"])),
            clean,
        );
        deepEqual(await judged(allowing("s3:GetObject", "arn:aws:s3:::sales/*")), clean);
    });

    it("refuses every action, and every action of a service", async () => {
        deepEqual(
            await judged(allowing("*")),
            violation(
                'Role policy "resource-name" allows "*", every action of every service. Name the actions that are used.',
            ),
        );
        deepEqual(
            await judged(allowing(["s3:*", "glue:GetTable"], "arn:aws:s3:::sales")),
            violation(
                'Role policy "resource-name" allows "s3:*", every action of the service, deletion and changes of rights ' +
                    "included. Name the actions that are used.",
            ),
        );
        deepEqual(
            await judged(rolePolicy({ Effect: "Allow", NotAction: ["iam:*", "sts:*"], Resource: "*" })),
            violation(
                'Role policy "resource-name" allows every action but iam:* and sts:*, those of services to come included. ' +
                    "Name the allowed ones in Action, in place of NotAction.",
            ),
        );
    });

    it("refuses actions on data for every resource, also by wildcards", async () => {
        const onEverything = (actions: string) =>
            violation(
                `Role policy "resource-name" allows ${actions} on every resource, those of other teams included. Name the ` +
                    "ARNs that it is used on in Resource.",
            );
        deepEqual(await judged(allowing(["s3:GetObject", "sqs:ListQueues"])), onEverything("s3:GetObject"));
        deepEqual(
            await judged(allowing(["S3:get*", "glue:GetTable?", "kms:Decrypt"], "*")),
            onEverything("S3:get*, glue:GetTable? and kms:Decrypt"),
        );
        deepEqual(
            await judged(allowing("s3:PutObject", ["arn:aws:s3:::sales/*", "arn:aws:s3:::*/*"])),
            onEverything("s3:PutObject"),
        );
        deepEqual(await judged(allowing(["athena:StartQueryExecution"])), onEverything("athena:StartQueryExecution"));
        deepEqual(await judged(allowing(["iam:PassRole"])), onEverything("iam:PassRole"));
    });

    it("reads every kind of policy", async () => {
        const policy = document({ Effect: "Allow", Action: "glue:*", Resource: "*" });
        const title = async (subject: Subject) => /^.*?"[^"]*"/.exec((await judged(subject)).violations[0] ?? "")?.[0];
        equal(await title({ type: "aws:iam/policy:Policy", props: { name: "read", policy } }), 'Policy "read"');
        equal(await title({ type: "aws:iam/userPolicy:UserPolicy", props: { policy } }), 'User policy "resource-name"');
        equal(
            await title({ type: "aws:iam/groupPolicy:GroupPolicy", props: { policy } }),
            'Group policy "resource-name"',
        );
        equal(await title(role({ inlinePolicies: [{ name: "empty" }, { name: "all", policy }] })), 'Role "etl"');
    });

    it("refuses AWS's policies for everything", async () => {
        const arn = (name: string) => `arn:aws:iam::aws:policy/${name}`;
        const message = (title: string, name: string) =>
            `${title} attaches AWS's policy ${name}, which allows more than any one task needs. Write a policy with the ` +
            "actions and resources that are used, and attach that.";
        deepEqual(
            await judged(
                role({ managedPolicyArns: [arn("service-role/AWSGlueServiceRole"), arn("AmazonS3FullAccess")] }),
            ),
            violation(message('Role "etl"', "AmazonS3FullAccess")),
        );
        for (const type of [
            "policyAttachment",
            "rolePolicyAttachment",
            "userPolicyAttachment",
            "groupPolicyAttachment",
        ]) {
            const subject = (policyArn: string): Subject => ({
                type: `aws:iam/${type}:${type[0]!.toUpperCase()}${type.slice(1)}`,
                props: { policyArn },
            });
            deepEqual(
                await judged(subject(arn("AdministratorAccess"))),
                violation(message('Policy attachment "resource-name"', "AdministratorAccess")),
            );
            deepEqual(await judged(subject(arn("job-function/ViewOnlyAccess"))), clean);
            deepEqual(await judged(subject("arn:aws:iam::123456789012:policy/OurFullAccess")), clean);
        }
    });

    it("leaves an exception alone until it is over, and other resources", async () => {
        equal(
            (await judged(allowing("*"), excepted("resource-name", "break glass"))).notApplicable,
            '"resource-name" is an exception until 9999-12-31: break glass',
        );
        equal((await judged(allowing("*"), expired("resource-name"))).violations[0]?.endsWith(ended), true);
        const { notApplicable } = await judged({ type: "aws:glue/job:Job", props: {} });
        equal(notApplicable?.startsWith("the rule is for iam.Policy, iam.RolePolicy, "), true);
    });

    it("waits for what is not known yet, and refuses on what is", async () => {
        const unknownPolicy = await judged({ ...rolePolicy(), props: { policy: unknownString } });
        equal(unknownPolicy.notKnownYet, "string value at .policy can't be known during preview");
        const Statement = [{ Effect: "Allow", Action: "glue:*", Resource: unknownString }];
        equal((await judged({ ...rolePolicy(), props: { policy: { Statement } } })).violations.length, 1);
        const attached = role({ managedPolicyArns: [unknownString, "arn:aws:iam::aws:policy/PowerUserAccess"] });
        equal((await judged(attached)).violations.length, 1);
        equal((await judged(role({ inlinePolicies: [{ policy: unknownString }] }))).notKnownYet !== undefined, true);
    });
});
