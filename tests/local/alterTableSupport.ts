/** A local AWS with a database, for the tests of ALTER TABLE. */
import * as assert from "node:assert/strict";
import { CreateWorkGroupCommand } from "@aws-sdk/client-athena";
import { GetTableCommand, type Column, type Table } from "@aws-sdk/client-glue";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { Queries } from "./athenaSupport";
import { TestLocal } from "./support";

export const database = "shop";

export class Shop {
    private constructor(
        readonly local: TestLocal,
        readonly queries: Queries,
    ) {}

    /** With the buckets `lake` and `results`. */
    static async open(): Promise<Shop> {
        const local = await TestLocal.start();
        for (const bucket of ["lake", "results"]) await local.s3.send(new CreateBucketCommand({ Bucket: bucket }));
        const queries = new Queries(local.local, "analysts", database);
        const ResultConfiguration = { OutputLocation: "s3://results/" };
        await queries.client.send(
            new CreateWorkGroupCommand({ Name: "analysts", Configuration: { ResultConfiguration } }),
        );
        await queries.succeed(`CREATE DATABASE ${database}`);
        return new Shop(local, queries);
    }

    async table(Name: string): Promise<Table> {
        const { Table } = await this.local.glue.send(new GetTableCommand({ DatabaseName: database, Name }));
        return Table as Table;
    }

    /** As `name type comment`. */
    async columnsOf(name: string): Promise<string[]> {
        return spelled((await this.table(name)).StorageDescriptor?.Columns);
    }

    /** Why a statement fails. */
    async refused(sql: string): Promise<string> {
        const { Status } = await this.queries.run(sql);
        assert.equal(Status?.State, "FAILED", sql);
        return Status?.StateChangeReason ?? "";
    }

    /** The lines of a SHOW or DESCRIBE. */
    async lines(sql: string): Promise<string[]> {
        return (await this.queries.select(sql)).map((row) => row.join("\t"));
    }

    /** The rows of a SELECT, without the header. */
    async values(sql: string): Promise<string[]> {
        return (await this.queries.select(sql)).slice(1).map((row) => row.join(" "));
    }
}

export function spelled(columns: Column[] = []): string[] {
    return columns.map(({ Name, Type, Comment }) => `${Name} ${Type}${Comment ? ` ${Comment}` : ""}`);
}
