/** Runs `work` over the items, at most `limit` at once; results in the items' order. The first failure ends it. */
export async function mapLimited<T, R>(
    items: readonly T[],
    limit: number,
    work: (item: T) => Promise<R> | R,
): Promise<R[]> {
    const results = new Array<R>(items.length);
    let next = 0;
    const worker = async () => {
        for (let at = next++; at < items.length; at = next++) results[at] = await work(items[at] as T);
    };
    await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
    return results;
}
