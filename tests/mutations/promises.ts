/** The promises of the components: what stands under "Enforces the following:" in their doc blocks. */
import * as fs from "node:fs";
import * as path from "node:path";

export const componentsFolder = path.resolve(__dirname, "../../components");

/** Lines of each component's list, by the name of its source file without the ending. */
export function promisesByFile(): Map<string, string[]> {
    const files = fs.readdirSync(componentsFolder).filter((file) => file.endsWith(".ts"));
    const found = files.map((file): [string, string[]] => [
        path.basename(file, ".ts"),
        promisesOf(fs.readFileSync(path.join(componentsFolder, file), "utf8")),
    ]);
    return new Map(found.filter(([, lines]) => lines.length > 0));
}

/** The list's lines as test titles have them: unwrapped, without backticks. */
export function promisesOf(source: string): string[] {
    const list = /Enforces the following:\n((?:\s*\*\s+(?:- )?\S.*\n)+)/.exec(source)?.[1] ?? "";
    return list
        .split(/^\s*\* - /m)
        .slice(1)
        .map((item) =>
            item
                .replaceAll(/\n\s*\*\s*/g, " ")
                .replaceAll("`", "")
                .trim(),
        );
}
