import assert from "node:assert/strict";
import { changesOf, countsOf } from "../../../automation/review/changes";
import { stepsOf } from "../../../automation/review/engineSteps";
import { declaredIn } from "../../../automation/review/declared";
import { recorded, state, stackUrn, step, urnOf } from "./support";

const bucketType = "aws:s3/bucket:Bucket";
const only = (...events: Parameters<typeof stepsOf>[0]) => changesOf(stepsOf(events))[0]!;

describe("changes of a preview", () => {
    it("makes one change of a replacement's three steps, in either order", () => {
        const [old, now] = [
            state(bucketType, "raw", { inputs: { bucket: "a" } }),
            state(bucketType, "raw", { inputs: { bucket: "b" } }),
        ];
        const why = { detailedDiff: { bucket: { diffKind: "update-replace", inputDiff: true } }, keys: ["bucket"] };
        const steps = [
            step("delete-replaced", { old }),
            step("replace", { old, new: now }, why),
            step("create-replacement", { old, new: now }, why),
        ];
        for (const events of [steps, [...steps].reverse()]) {
            const changes = changesOf(stepsOf(events));
            assert.equal(changes.length, 1);
            const [{ op, replacedBecause, changedProperties, loses }] = changes as [(typeof changes)[0]];
            assert.equal(op, "replace");
            assert.deepEqual(replacedBecause, ["bucket"]);
            assert.deepEqual(changedProperties, [
                { path: "bucket", kind: "update", replaces: true, old: "a", new: "b" },
            ]);
            assert.match(loses!, /^all objects of the bucket/);
        }
    });

    it("names what forces a replacement where the provider gives keys only", () => {
        const old = state("aws:glue/dataQualityRuleset:DataQualityRuleset", "rules", { inputs: { targetTable: "a" } });
        const now = { ...old, inputs: { targetTable: "b" } };
        const change = only(
            step("replace", { old, new: now }),
            step("create-replacement", { old, new: now }, { keys: ["targetTable"] }),
        );
        assert.deepEqual(change.replacedBecause, ["targetTable"]);
        assert.equal(change.loses, undefined);
    });

    it("leaves out the rest of a replacement that an earlier update did not finish", () => {
        const old = state(bucketType, "raw");
        const events = [step("same", { old, new: old }), step("delete", { old: { ...old, delete: true } })];
        assert.deepEqual(countsOf(stepsOf(events)), { same: 1 });
        assert.deepEqual(changesOf(stepsOf(events)), []);
    });

    it("finds the nearest component through parents that are resources", () => {
        const component = (name: string, parent: string) =>
            state(`lakeworks:index:${name}`, name, { custom: false, parent });
        const lake = component("Lake", stackUrn);
        const etl = component("EtlJob", lake.urn);
        const bucket = state(bucketType, "raw", { parent: etl.urn });
        const policy = state("aws:s3/bucketPolicy:BucketPolicy", "raw-policy", { parent: bucket.urn });
        const alone = state("aws:kms/key:Key", "key");
        const stack = state("pulumi:pulumi:Stack", "lakeworks-prod", { custom: false, urn: stackUrn, parent: "" });
        const events = [stack, lake, etl, bucket, policy, alone].map((one) => step("create", { new: one }));
        assert.deepEqual(
            changesOf(stepsOf(events)).map(({ name, component: of }) => [name, of.name]),
            [
                ["raw", "EtlJob"],
                ["raw-policy", "EtlJob"],
                ["key", "key"],
            ],
        );
    });

    it("says what goes with a deletion, what AWS would refuse, and what stays", () => {
        const loss = (more: object, type = bucketType) => only(step("delete", { old: state(type, "x", more) }));
        assert.match(loss({}).loses!, /with their versions \(AWS refuses while the bucket holds objects/);
        assert.equal(loss({ inputs: { forceDestroy: true } }).loses, "all objects of the bucket, with their versions");
        const retained = loss({ retainOnDelete: true });
        assert.deepEqual([retained.loses, retained.retained, retained.dataBearing], [undefined, true, true]);
        assert.equal(loss({ protect: true }).protected, true);
        assert.equal(loss({}, "aws:glue/job:Job").loses, "the job's bookmark and run history");
        assert.equal(loss({}, "aws:iam/role:Role").loses, undefined);
    });

    it("never shows a secret", () => {
        const mark = "4dabf18193072939515e22adb298388d";
        const secret = { [mark]: "1b47061264138c4ac30d75fd1eb44270", value: "hunter2" };
        const output = { [mark]: "d0e6a833031e9bbcd3f4e8bde6ca49a4", secret: true, value: "hunter2" };
        const inputs = (n: number) => ({
            marked: { inner: n },
            byEngine: "[secret]",
            output,
            password: `hunter${n}`,
            environment: { API_TOKEN: `hunter${n}`, n },
            list: [{ secretString: "hunter2", n }],
        });
        const old = state("aws:x/y:Y", "y", { inputs: { ...inputs(1), marked: secret } });
        const now = state("aws:x/y:Y", "y", { inputs: inputs(2) });
        const paths = ["marked.inner", "byEngine", "output", "password", "environment", "list", "list[0].secretString"];
        const detailedDiff = Object.fromEntries(paths.map((path) => [path, { diffKind: "update", inputDiff: true }]));
        const change = only(step("update", { old, new: now }, { detailedDiff }));
        assert.equal(change.changedProperties.length, paths.length);
        assert.doesNotMatch(JSON.stringify(change), /hunter/);
        const environment = change.changedProperties.find(({ path }) => path === "environment");
        assert.equal(environment?.new, '{"API_TOKEN":"[secret]","n":2}');
    });

    it("shows long values from their difference on, unknown ones as such, and quoted path parts", () => {
        const text = (end: string) => `${"the same beginning of a long text, ".repeat(3)}${end}`;
        const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
        const inputs = (end: string, arn: string) => ({ arguments: { "--a.b": text(end) }, arn });
        const change = only(
            step(
                "update",
                {
                    old: state("aws:x/y:Y", "y", { inputs: inputs("old", "arn:1") }),
                    new: state("aws:x/y:Y", "y", { inputs: inputs("new", unknown) }),
                },
                {
                    detailedDiff: {
                        'arguments["--a.b"]': { diffKind: "update", inputDiff: true },
                        arn: { diffKind: "update", inputDiff: true },
                    },
                },
            ),
        );
        assert.deepEqual(
            change.changedProperties.map((each) => [each.old, each.new]),
            [
                ["…old", "…new"],
                ["arn:1", "(known in the update)"],
            ],
        );
    });

    it("reads a recorded change: Parquet becomes CSV and the workers double, without the provider's noise", () => {
        const changes = changesOf(stepsOf(recorded("csvTable")));
        assert.deepEqual(
            changes.map(({ op, type, component }) => [op, type, component.type]),
            [
                ["update", "aws:glue/catalogTable:CatalogTable", "lakeworks:index:LakeTable"],
                ["update", "aws:glue/job:Job", "lakeworks:index:EtlJob"],
            ],
        );
        assert.deepEqual(
            changes[0]!.changedProperties.map(({ path }) => path),
            [
                "parameters.classification",
                "storageDescriptor.inputFormat",
                "storageDescriptor.outputFormat",
                "storageDescriptor.serDeInfo.serializationLibrary",
            ],
        );
        assert.deepEqual(changes[1]!.changedProperties, [
            { path: "numberOfWorkers", kind: "update", replaces: false, old: "2", new: "4" },
        ]);
    });

    it("leaves out default providers and keeps those that the program declares", () => {
        const provider = (name: string) => step("create", { new: state("pulumi:providers:aws", name) });
        const changes = changesOf(stepsOf([provider("default_7_32_0"), provider("us-east-1")]));
        assert.deepEqual(
            changes.map(({ name }) => name),
            ["us-east-1"],
        );
    });

    it("reads the steps of a refresh as drift: from the state to what stands", () => {
        const old = state("aws:s3/bucketVersioning:BucketVersioning", "v", { inputs: { status: "Enabled" } });
        const now = { ...old, inputs: { status: "Suspended" } };
        const gone = state("aws:glue/crawler:Crawler", "c");
        const events = [old, gone].map((each) => step("refresh", { old: each, new: each }));
        const outputs = (op: string, states: object, more: object = {}) => {
            const { resourcePreEvent, ...event } = step(op, states, more);
            return { ...event, resOutputsEvent: resourcePreEvent };
        };
        const drift = changesOf(
            stepsOf([
                ...events,
                outputs("update", { old, new: now }, { diffs: ["status"] }),
                outputs("delete", { old: gone }),
            ]),
        );
        assert.deepEqual(
            drift.map(({ op, name, changedProperties }) => [op, name, ...changedProperties.map((each) => each.new)]),
            [
                ["update", "v", "Suspended"],
                ["delete", "c"],
            ],
        );
    });

    it("declares what stands before and after", () => {
        const [kept, gone, made] = ["kept", "gone", "made"].map((name) => state(bucketType, name));
        const { before, after } = declaredIn(
            stepsOf([
                step("same", { old: kept, new: kept }),
                step("delete", { old: gone }),
                step("create", { new: made }),
            ]),
        );
        assert.deepEqual(
            before.map(({ name }) => name),
            ["kept", "gone"],
        );
        assert.deepEqual(
            after.map(({ name }) => name),
            ["kept", "made"],
        );
        assert.equal(after[0]!.urn, urnOf(bucketType, "kept"));
    });
});
