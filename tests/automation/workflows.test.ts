/** The workflows of .github/workflows: what they call is there, and their rights are no wider than they need. */
import assert from "node:assert/strict";
import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import * as vm from "node:vm";
import { buildProgram } from "../../automation/cli";
import { marker } from "../../automation/review/markdown";
import { stackNames } from "../../automation/stack";
import { projectRoot } from "../../tools/toolchain";

/** A dependency of @pulumi/pulumi, without types. */
const { load } = createRequire(__filename)("js-yaml") as { load: (text: string) => unknown };

interface Step {
    readonly uses?: string;
    readonly run?: string;
    readonly with?: Readonly<Record<string, string>>;
}

interface Job {
    readonly if?: string;
    readonly uses?: string;
    readonly permissions?: Readonly<Record<string, string>>;
    readonly with?: Readonly<Record<string, string>>;
    readonly steps?: readonly Step[];
    readonly strategy?: { readonly matrix: { readonly stack: readonly string[] } };
}

interface Workflow {
    readonly on: Readonly<Record<string, unknown>>;
    readonly permissions?: Readonly<Record<string, string>>;
    readonly jobs: Readonly<Record<string, Job>>;
}

const folder = path.join(projectRoot, ".github", "workflows");
const texts = Object.fromEntries(
    fs.readdirSync(folder).map((file) => [file, fs.readFileSync(path.join(folder, file), "utf8")]),
);
const workflows = Object.fromEntries(Object.entries(texts).map(([file, text]) => [file, load(text) as Workflow]));
const jobs = Object.entries(workflows).flatMap(([file, workflow]) =>
    Object.entries(workflow.jobs).map(([name, job]) => ({ file, name, job, workflow })),
);

/** Each command line that a workflow runs, without the program's name; `$COMMAND` stands for what callers give. */
function commandLines(): string[] {
    const given = jobs.flatMap(({ job }) => (job.with?.command === undefined ? [] : [job.with.command]));
    const runs = jobs.flatMap(({ job }) => job.steps ?? []).flatMap(({ run }) => run?.split("\n") ?? []);
    const written = runs.flatMap((line) => /npx lakeworks (.*?)(?: \d?>|\||$)/.exec(line)?.[1] ?? []);
    return written.flatMap((line) =>
        line.includes("$COMMAND") ? given.map((command) => line.replace("$COMMAND", command)) : [line],
    );
}

describe("the workflows", () => {
    it("call commands and options that the command line has", () => {
        const lines = commandLines();
        assert.ok(lines.length >= 6, lines.join("\n"));
        const program = buildProgram();
        for (const line of lines) {
            const [name, ...words] = line.split(" ");
            const command = program.commands.find((each) => each.name() === name);
            assert.ok(command, `lakeworks ${line}: there is no command "${name}"`);
            const options = words.filter((word) => word.startsWith("--"));
            for (const option of options) {
                const known = command.options.some(({ long }) => long === option);
                assert.ok(known, `lakeworks ${line}: "${name}" has no option ${option}`);
            }
        }
    });

    it("name stacks that there are, and inputs that the shared workflow has", () => {
        const { inputs } = workflows["lakeworks.yml"]!.on["workflow_call"] as { inputs: Record<string, unknown> };
        for (const { file, name, job } of jobs.filter(({ job: { uses } }) => uses?.endsWith("/lakeworks.yml"))) {
            assert.deepEqual(Object.keys(job.with ?? {}).sort(), Object.keys(inputs).sort(), `${file} ${name}`);
            const stacks = job.strategy?.matrix.stack ?? [job.with!.stack!];
            for (const stack of stacks) assert.ok(stackNames().includes(stack), `${file} ${name}: ${stack}`);
        }
    });

    it("pin every action to a major version", () => {
        const used = jobs.flatMap(({ job }) => [job.uses, ...(job.steps ?? []).map(({ uses }) => uses)]);
        const actions = used.filter((uses) => uses !== undefined && !uses.startsWith("./"));
        assert.ok(actions.length > 5);
        for (const action of actions) assert.match(action!, /^[\w-]+\/[\w/-]+@v\d+$/);
    });

    it("give rights to write only to the job that reports, in which no code of a pull request runs", () => {
        for (const { file, name, job, workflow } of jobs) {
            const rights = job.permissions ?? workflow.permissions;
            assert.ok(rights, `${file} ${name} states no permissions`);
            const writes = Object.keys(rights).filter((right) => rights[right] === "write" && right !== "id-token");
            const expected = `${file} ${name}` === "preview.yml report" ? ["pull-requests", "security-events"] : [];
            assert.deepEqual(writes, expected, `${file} ${name}`);
        }
        const report = workflows["preview.yml"]!.jobs.report!;
        assert.equal("id-token" in report.permissions!, false);
        assert.equal(
            report.steps!.some(({ run }) => run !== undefined),
            false,
        );
    });

    it("give no credentials to pull requests from forks", () => {
        for (const { file, name, job, workflow } of jobs.filter(({ workflow: { on } }) => "pull_request" in on)) {
            const rights = job.permissions ?? workflow.permissions;
            if (rights?.["id-token"] !== "write") continue;
            assert.match(job.if ?? "", /head\.repo\.full_name == github\.repository/, `${file} ${name}`);
        }
        assert.ok(Object.values(workflows).every(({ on }) => !("pull_request_target" in on)));
    });

    it("edit the comment that they made for the stack, and nobody else's", async () => {
        const { script } = workflows["preview.yml"]!.jobs.report!.steps!.find(
            ({ with: given }) => given?.script,
        )!.with!;
        const comments = [
            { id: 1, user: { type: "User" }, body: `${marker("dev")} quoted` },
            { id: 2, user: null, body: null },
            { id: 3, user: { type: "Bot" }, body: marker("prod") },
            { id: 4, user: { type: "Bot" }, body: marker("dev") },
        ];
        for (const [stack, expected] of Object.entries({ dev: "update 4", prod: "update 3", test: "create 7" })) {
            const done: string[] = [];
            const issues = {
                updateComment: async (to: { comment_id: number; body: string }) => {
                    assert.ok(to.body.startsWith(marker(stack)));
                    done.push(`update ${to.comment_id}`);
                },
                createComment: async (to: { issue_number: number; body: string }) => {
                    assert.ok(to.body.startsWith(marker(stack)));
                    done.push(`create ${to.issue_number}`);
                },
            };
            const context = { repo: { owner: "o", repo: "r" }, issue: { number: 7 }, serverUrl: "", runId: 1 };
            await vm.runInNewContext(`(async () => { ${script} })()`, {
                // Of prod there is a report.
                require: () => ({ existsSync: () => stack === "prod", readFileSync: () => `${marker(stack)}\n` }),
                process: { env: { STACK: stack } },
                github: { rest: { issues }, paginate: async () => comments },
                context,
            });
            assert.deepEqual(done, [expected]);
        }
    });

    it("find the comment to edit by the marker that the report begins with", () => {
        const inWorkflow = marker("STACK").replace("STACK", "${process.env.STACK}");
        assert.ok(texts["preview.yml"]!.includes(`\`${inWorkflow}\``));
    });
});
