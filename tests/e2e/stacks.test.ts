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

/** Both keys to the deletion of prod, as `pulumi config set` would write them. */
const bothKeys = {
    "Pulumi.prod.yaml": {
        "config:\n": 'config:\n  lakeworks:forceDestroy: "true"\n  lakeworks:destroyConfirmation: prod\n',
    },
};

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

for (const stack of ["dev", "prod"]) {
    describe(`the shape of ${stack} on the local AWS`, function () {
        this.timeout(600_000);
        const lake = new TestLake();
        const on = ["--stack", stack, "--local"];
        const destroy = ["destroy", ...on, "--yes", "--stack-name-again", stack];
        const settings = path.join(projectRoot, `Pulumi.${stack}.yaml`);
        const settingsBefore = fs.readFileSync(settings, "utf8");
        let up: Outcome;

        before(async () => {
            up = await succeed(lake, ["up", ...on]);
        });
        after(() => lake.remove());

        it("goes up, and a second up and a refresh find nothing to change", async () => {
            assert.deepEqual(await changesOf(lake, ["up", ...on]), ["same"]);
            assert.deepEqual(await changesOf(lake, ["refresh", ...on, "--expect-no-changes"]), ["same"]);
        });

        it("leaves the stack's own settings as they are", () => {
            assert.equal(fs.readFileSync(settings, "utf8"), settingsBefore);
        });

        if (stack === "prod") {
            it("says that the network is left out, and why", () => {
                assert.match(up.stderr, /LakeNetwork is left out: .*awsx/);
            });

            it("is destroyed only with both keys", async () => {
                const without = await lake.run(...destroy);
                assert.equal(without.code, 1);
                assert.match(without.stderr, /lakeworks:forceDestroy true and lakeworks:destroyConfirmation prod/);
                const one = editedProgram(path.join(lake.home, "one-key"), {
                    "Pulumi.prod.yaml": { "config:\n": 'config:\n  lakeworks:forceDestroy: "true"\n' },
                });
                for (const command of [["up", ...on], destroy]) {
                    const refused = await lake.start(command, one).done;
                    assert.equal(refused.code, 1);
                    assert.match(refused.stderr, /destroyConfirmation/);
                }
                assert.notDeepEqual(await everythingListed(lake), {});
            });
        }

        it("is destroyed without a trace", async () => {
            const both = stack === "prod" ? editedProgram(path.join(lake.home, "both-keys"), bothKeys) : projectRoot;
            if (stack === "prod") await succeed(lake, ["up", ...on], both);
            await succeed(lake, destroy, both);
            await lake.ok("local", "start");
            assert.deepEqual(await everythingListed(lake), {});
        });
    });
}
