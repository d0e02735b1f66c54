/** Workgroups and what they keep, as a client of Athena sees them; no query runs. */
import assert from "node:assert/strict";
import {
    AthenaClient,
    BatchGetPreparedStatementCommand,
    CreatePreparedStatementCommand,
    CreateWorkGroupCommand,
    DeletePreparedStatementCommand,
    DeleteWorkGroupCommand,
    GetPreparedStatementCommand,
    GetWorkGroupCommand,
    ListPreparedStatementsCommand,
    UpdatePreparedStatementCommand,
    UpdateWorkGroupCommand,
    type WorkGroupConfiguration,
} from "@aws-sdk/client-athena";
import { localCredentials } from "../../local/context";
import { TestLocal, errorName } from "./support";

const WorkGroup = "sales";

describe("local Athena's workgroups", function () {
    this.timeout(300_000);
    let lake: TestLocal;
    let athena: AthenaClient;
    const configuration: WorkGroupConfiguration = {
        EnforceWorkGroupConfiguration: true,
        PublishCloudWatchMetricsEnabled: true,
        RequesterPaysEnabled: false,
        EnableMinimumEncryptionConfiguration: true,
        BytesScannedCutoffPerQuery: 10_485_760,
        EngineVersion: { SelectedEngineVersion: "Athena engine version 3" },
        ResultConfiguration: {
            OutputLocation: "s3://results/sales/",
            ExpectedBucketOwner: "000000000000",
            EncryptionConfiguration: { EncryptionOption: "SSE_S3" },
        },
    };
    const create = (Name: string, Configuration: WorkGroupConfiguration) =>
        athena.send(new CreateWorkGroupCommand({ Name, Configuration }));
    const kept = async () => (await athena.send(new GetWorkGroupCommand({ WorkGroup }))).WorkGroup!.Configuration;

    before(async () => {
        lake = await TestLocal.start();
        const { endpoint, region } = lake.local;
        athena = new AthenaClient({ endpoint, region, credentials: localCredentials });
    });
    after(async () => {
        athena.destroy();
        await lake.stop();
    });

    it("keep every setting as it was sent, and as it was changed", async () => {
        await create(WorkGroup, configuration);
        const engine = { ...configuration.EngineVersion, EffectiveEngineVersion: "Athena engine version 3" };
        const expected = { ...configuration, EngineVersion: engine };
        assert.deepEqual(await kept(), expected);
        const changes = { EnableMinimumEncryptionConfiguration: false, RequesterPaysEnabled: true };
        await athena.send(new UpdateWorkGroupCommand({ WorkGroup, ConfigurationUpdates: changes }));
        assert.deepEqual(await kept(), { ...expected, ...changes });
    });

    it("refuse managed results, which are not done here", async () => {
        const managed = { ManagedQueryResultsConfiguration: { Enabled: true } };
        assert.equal(await errorName(create("managed", managed)), "InvalidRequestException");
    });

    it("keep prepared statements: made, read, listed, changed, deleted", async () => {
        const StatementName = "of_store";
        const of = { StatementName, WorkGroup };
        const read = async () => (await athena.send(new GetPreparedStatementCommand(of))).PreparedStatement!;
        await athena.send(
            new CreatePreparedStatementCommand({ ...of, QueryStatement: "SELECT ?", Description: "One store" }),
        );
        const { LastModifiedTime, ...made } = await read();
        assert.ok(LastModifiedTime instanceof Date);
        assert.deepEqual(made, {
            StatementName,
            QueryStatement: "SELECT ?",
            WorkGroupName: WorkGroup,
            Description: "One store",
        });
        await athena.send(new UpdatePreparedStatementCommand({ ...of, QueryStatement: "SELECT ?, ?" }));
        assert.equal((await read()).QueryStatement, "SELECT ?, ?");
        const listed = await athena.send(new ListPreparedStatementsCommand({ WorkGroup }));
        assert.deepEqual(
            listed.PreparedStatements!.map((statement) => statement.StatementName),
            [StatementName],
        );
        const batch = await athena.send(
            new BatchGetPreparedStatementCommand({ WorkGroup, PreparedStatementNames: [StatementName, "absent"] }),
        );
        assert.equal(batch.PreparedStatements!.length, 1);
        assert.equal(batch.UnprocessedPreparedStatementNames![0]!.StatementName, "absent");
        assert.equal(
            await errorName(athena.send(new DeleteWorkGroupCommand({ WorkGroup }))),
            "InvalidRequestException",
            "the workgroup is not empty",
        );
        await athena.send(new DeletePreparedStatementCommand(of));
        assert.equal(await errorName(read()), "ResourceNotFoundException");
        await athena.send(new DeleteWorkGroupCommand({ WorkGroup }));
    });

    it("refuse names of prepared statements that Athena refuses", async () => {
        for (const StatementName of ["of-store", "1st", "s"]) {
            const made = athena.send(
                new CreatePreparedStatementCommand({ StatementName, WorkGroup: "primary", QueryStatement: "SELECT 1" }),
            );
            assert.equal(await errorName(made), "InvalidRequestException", StatementName);
        }
    });
});
