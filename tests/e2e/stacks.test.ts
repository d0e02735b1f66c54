/** The shapes of dev and prod on the local AWS, through the real command line: up, nothing more to do, and gone again. */
import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { projectRoot } from "../../tools/toolchain";
import { editedProgram } from "./editedProgram";
import { TestLake, type Outcome } from "./harness";
import { everythingListed } from "./leftovers";

interface Changes {
    readonly changes: Readonly<Record<string, number>>;
}

/** Runs a command of the program or of its copy, which has to succeed. */
async function succeed(lake: TestLake, args: string[], program = projectRoot): Promise<Outcome> {
    const outcome = await lake.start(args, program).done;
    assert.equal(outcome.code, 0, `lakeworks ${args.join(" ")}\n${outcome.stdout}\n${outcome.stderr}`);
    return outcome;
}

async function changesOf(lake: TestLake, args: string[]): Promise<string[]> {
    const { changes } = JSON.parse((await succeed(lake, [...args, "--json"])).stdout) as Changes;
    return Object.keys(changes);
}

describe("the shapes of dev and prod on the local AWS", function () {
    this.timeout(600_000);
    const stacks = ["dev", "prod"] as const;
    const lakes = { dev: new TestLake(), prod: new TestLake() };
    const on = (stack: string) => ["--stack", stack, "--local"];
    const destroy = (stack: string) => ["destroy", ...on(stack), "--yes", "--stack-name-again", stack];
    const settingsOf = (stack: string) => fs.readFileSync(path.join(projectRoot, `Pulumi.${stack}.yaml`), "utf8");
    const settingsBefore = { dev: settingsOf("dev"), prod: settingsOf("prod") };
    let ups: Record<(typeof stacks)[number], Outcome>;

    before(async () => {
        // Both wait for S3's lifecycle configurations most of the time.
        const [dev, prod] = await Promise.all([
            succeed(lakes.dev, ["up", ...on("dev")]),
            succeed(lakes.prod, ["up", ...on("prod")]),
        ]);
        ups = { dev, prod };
    });
    after(() => Promise.all(stacks.map((stack) => lakes[stack].remove())));

    for (const stack of stacks) {
        it(`${stack} goes up, and a second up and a refresh find nothing to change`, async () => {
            assert.deepEqual(await changesOf(lakes[stack], ["up", ...on(stack)]), ["same"]);
            assert.deepEqual(await changesOf(lakes[stack], ["refresh", ...on(stack), "--expect-no-changes"]), ["same"]);
        });

        it(`${stack} keeps no secret of the environment: neither in state nor in logs, nor in what is printed`, () => {
            assert.deepEqual(lakes[stack].filesWith(lakes[stack].secret), []);
            // That it would be found.
            assert.ok(lakes[stack].filesWith(`lakeworks-${stack}`).some((file) => file.includes(".pulumi")));
            assert.ok(!(ups[stack].stdout + ups[stack].stderr).includes(lakes[stack].secret));
        });

        it(`${stack} leaves the stack's own settings as they are`, () => {
            assert.equal(settingsOf(stack), settingsBefore[stack]);
        });
    }

    it("prod says that the network is left out, and why", () => {
        assert.match(ups.prod.stderr, /LakeNetwork is left out: .*awsx/);
    });

    it("prod is destroyed only with both keys", async () => {
        const without = await lakes.prod.run(...destroy("prod"));
        assert.equal(without.code, 1);
        assert.match(without.stderr, /lakeworks:forceDestroy true and lakeworks:destroyConfirmation prod/);
        const oneKey = editedProgram(path.join(lakes.prod.home, "one-key"), {
            "Pulumi.prod.yaml": { "config:\n": 'config:\n  lakeworks:forceDestroy: "true"\n' },
        });
        for (const command of [["up", ...on("prod")], destroy("prod")]) {
            const refused = await lakes.prod.start(command, oneKey).done;
            assert.equal(refused.code, 1);
            assert.match(refused.stderr, /destroyConfirmation/);
        }
        const buckets = (await everythingListed(lakes.prod))["s3api list-buckets"] as unknown[];
        assert.equal(buckets.length, 7);
    });

    it("both are destroyed without a trace", async () => {
        const bothKeys = editedProgram(path.join(lakes.prod.home, "both-keys"), {
            "Pulumi.prod.yaml": {
                "config:\n": 'config:\n  lakeworks:forceDestroy: "true"\n  lakeworks:destroyConfirmation: prod\n',
            },
        });
        await succeed(lakes.prod, ["up", ...on("prod")], bothKeys);
        await succeed(lakes.prod, destroy("prod"), bothKeys);
        await succeed(lakes.dev, destroy("dev"));
        for (const lake of stacks.map((stack) => lakes[stack])) {
            await lake.ok("local", "start");
            assert.deepEqual(await everythingListed(lake), {});
        }
    });
});
