import { TestLake } from "../tests/e2e/harness";

/** Does a benchmark's work with a lake of its own, which is gone afterwards: also after Ctrl-C, with its local AWS. */
export async function withLake<T>(work: (lake: TestLake) => Promise<T>): Promise<T> {
    const lake = new TestLake();
    const leave = () => void lake.remove().finally(() => process.exit(130));
    process.once("SIGINT", leave).once("SIGTERM", leave);
    try {
        return await work(lake);
    } finally {
        process.off("SIGINT", leave).off("SIGTERM", leave);
        await lake.remove();
    }
}
