/** Prints, as JSON, the plain resources that a lake of N datasets registers: `record.ts N`. Runs the components under mocks. */
import * as path from "node:path";
import { build } from "../../tests/components/mocks";
import { lakeOf } from "./lakeOf";

/** One resource as the engine is asked for it. */
export interface Recorded {
    readonly type: string;
    readonly name: string;
    readonly inputs: Record<string, unknown>;
}

/** Archives don't pass through JSON: the folder of Python files stands for the library's. */
export const libraryFolder = path.join("glue-scripts", "lakeworks");

async function main(count: number): Promise<void> {
    const { resources } = await build(() => lakeOf(count), "bench");
    const plain = resources.filter(({ type }) => type.startsWith("aws:"));
    process.stdout.write(
        JSON.stringify(
            plain.map(({ type, name, inputs }): Recorded => ({
                type,
                name,
                inputs: withoutAssets(inputs as Record<string, unknown>),
            })),
        ),
    );
}

function withoutAssets(inputs: Record<string, unknown>): Record<string, unknown> {
    return Object.fromEntries(
        Object.entries(inputs).map(([key, value]) => [key, key === "source" ? libraryFolder : value]),
    );
}

if (require.main === module) void main(Number(process.argv[2]));
