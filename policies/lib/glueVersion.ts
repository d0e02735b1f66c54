/** @returns negative, 0 or positive, as `sort` wants it: 4.0 is before 5.0, 5.1 before 5.10 */
export function compareVersions(one: string, other: string): number {
    const [ones, others] = [one, other].map((version) => version.split(".").map(Number)) as [number[], number[]];
    for (let index = 0; index < Math.max(ones.length, others.length); index++) {
        const difference = (ones[index] ?? 0) - (others[index] ?? 0);
        if (difference !== 0) {
            return difference;
        }
    }
    return 0;
}
