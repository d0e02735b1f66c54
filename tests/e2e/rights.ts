/** Least privilege, proven: what each role's policy allows is what its job or crawler did, and what is told here why it is more. */
import assert from "node:assert/strict";
import type { RoleCalls } from "../../local/calls";
import { allows, listOf, type PolicyStatement } from "../rights/policy";
import type { TestLake } from "./harness";

type Kind = "job" | "rawCrawler" | "processedCrawler";

interface Role {
    readonly kind: Kind;
    /** For messages. */
    readonly what: string;
    readonly statements: readonly PolicyStatement[];
    readonly calls: RoleCalls;
}

/** AWS tells no single actions of a crawler, its example is `glue:*`: so these stay, on the one table alone. */
const ofCrawlers = "keeps the partitions and the statistics of the crawler's one table";

/** Actions that the policies allow and the run did not call, each with the reason why it is there. */
const uncalled: Record<Kind, Record<string, string>> = {
    job: {
        "glue:BatchDeletePartition": "removes a partition that a correction has taken the last row from",
        "glue:GetDatabase": "a script may read its tables through the catalog, which begins with the database",
        "glue:PublishDataQuality": "Glue's own library publishes the outcomes; the local AWS keeps none",
        "logs:CreateLogGroup": "AWS's own policy for Glue has it; a job here makes no group that is there already",
        "s3:AbortMultipartUpload": "only a run that fails half-way has uploads to give up",
        "s3:ListMultipartUploadParts": "Hadoop names it for its committers, which ask when an upload is taken up again",
    },
    rawCrawler: {
        "glue:BatchGetPartition": ofCrawlers,
        "glue:CreatePartition": ofCrawlers,
        "glue:GetPartition": ofCrawlers,
        "glue:UpdatePartition": ofCrawlers,
    },
    processedCrawler: {
        "glue:BatchGetPartition": ofCrawlers,
        "glue:CreatePartition": ofCrawlers,
        "glue:GetDatabase": ofCrawlers,
        "glue:GetPartition": ofCrawlers,
        "glue:GetTables": ofCrawlers,
        "glue:UpdatePartition": ofCrawlers,
        "glue:UpdateTable": ofCrawlers,
    },
};

/** Statements for every resource of a kind, by Sid: their actions know no narrower one. */
const wide: Record<Kind, readonly string[]> = {
    // What a job evaluates by itself has no ruleset to name.
    job: ["Bookmark", "DataQuality", "Metrics"],
    rawCrawler: [],
    processedCrawler: [],
};

/** Tests of a lake in which every job and every crawler has run since the local AWS was started. */
export function testRights(lake: TestLake): void {
    let roles: Role[];

    it("knows what every job and crawler has called", async () => {
        roles = await rolesOf(lake);
        for (const { what, calls } of roles) {
            assert.ok(calls.calls.length > 0, `${what} has called something`);
            assert.equal(calls.dropped, 0, `every call of ${what} is kept`);
        }
    });

    it("gives each job and crawler every right that it needs", () => {
        for (const { what, statements, calls } of roles) {
            const refused = calls.calls.filter((call) => !allows(statements, call));
            assert.deepEqual(refused, [], `AWS would refuse these calls of ${what}`);
        }
    });

    it("gives no job and no crawler a right that it neither needs nor is told why it has", () => {
        const surplus = (["job", "rawCrawler", "processedCrawler"] as const).map((kind) => {
            const same = roles.filter((role) => role.kind === kind);
            const called = new Set(same.flatMap(({ calls }) => calls.calls.map(({ action }) => action)));
            const granted = new Set(
                same.flatMap(({ statements }) => statements.flatMap(({ Action }) => listOf(Action))),
            );
            return [kind, [...granted].filter((action) => !called.has(action)).sort()] as const;
        });
        const told = Object.entries(uncalled).map(([kind, reasons]) => [kind, Object.keys(reasons).sort()]);
        assert.deepEqual(Object.fromEntries(surplus), Object.fromEntries(told));
    });

    it("names exact actions and resources", () => {
        for (const { kind, what, statements } of roles) {
            const actions = statements.flatMap(({ Action }) => listOf(Action));
            assert.deepEqual(
                actions.filter((action) => /[*?]/.test(action)),
                [],
                what,
            );
            const sids = statements.filter(({ Resource }) => listOf(Resource).some(isWide)).map(({ Sid }) => Sid);
            assert.deepEqual(sids.sort(), wide[kind], what);
        }
    });
}

/** Every resource, every one of a kind, or a whole bucket. */
function isWide(resource: string): boolean {
    return (
        resource === "*" ||
        /^arn:[^:]*:[^:]*:[^:]*:[^:]*:([\w-]+[:/])?\*$/.test(resource) ||
        /:s3:::[^/]+\/\*$/.test(resource)
    );
}

async function rolesOf(lake: TestLake): Promise<Role[]> {
    const calls = await (await lake.local()).calls();
    const roles: Role[] = [];
    const add = async (kind: Kind, what: string, role: string) => {
        const name = role.split("/").at(-1)!;
        const [, found] = Object.entries(calls).find(([arn]) => arn.endsWith(`/${name}`)) ?? [];
        roles.push({
            kind,
            what,
            statements: await statementsOf(lake, name),
            calls: found ?? { calls: [], dropped: 0 },
        });
    };
    for (const dataset of Object.values(lake.outputs().datasets)) {
        const { Job } = await lake.aws<{ Job: { Role: string } }>("glue", "get-job", "--job-name", dataset.job);
        await add("job", `the job ${dataset.job}`, Job.Role);
        for (const kind of ["rawCrawler", "processedCrawler"] as const) {
            const name = dataset[kind];
            const { Crawler } = await lake.aws<{ Crawler: { Role: string } }>("glue", "get-crawler", "--name", name);
            await add(kind, `the crawler ${name}`, Crawler.Role);
        }
    }
    return roles;
}

/** Of the role's inline policies; it has no others. */
export async function statementsOf(lake: TestLake, role: string): Promise<PolicyStatement[]> {
    const of = ["--role-name", role];
    const attached = await lake.aws<{ AttachedPolicies: unknown[] }>("iam", "list-attached-role-policies", ...of);
    assert.deepEqual(attached.AttachedPolicies, [], `${role} has policies of its own only`);
    const { PolicyNames } = await lake.aws<{ PolicyNames: string[] }>("iam", "list-role-policies", ...of);
    const statements: PolicyStatement[] = [];
    for (const name of PolicyNames) {
        const { PolicyDocument } = await lake.aws<{ PolicyDocument: { Statement: PolicyStatement[] } }>(
            ...["iam", "get-role-policy", ...of, "--policy-name", name],
        );
        statements.push(...PolicyDocument.Statement);
    }
    return statements;
}
