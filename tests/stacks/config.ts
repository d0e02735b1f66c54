/** The configuration that the engine would hand to the program: Pulumi.<stack>.yaml over the defaults of Pulumi.yaml. */
import * as fs from "node:fs";
import * as path from "node:path";

const root = path.resolve(__dirname, "../..");
const read = (file: string) => fs.readFileSync(path.join(root, file), "utf8");
const unquoted = (text: string) => text.trim().replace(/^"(.*)"$/, "$1");

/** Settings that Pulumi.yaml declares, with their defaults. */
export function declaredDefaults(): Record<string, string> {
    const declarations = read("Pulumi.yaml").matchAll(/^ {2}(lakeworks:\w+):\n(?: {4}.*\n)*? {4}default: (.*)\n/gm);
    return Object.fromEntries([...declarations].map(([, key, value]) => [key!, unquoted(value!)]));
}

export function configOf(stack: string): Record<string, string> {
    const settings = read(`Pulumi.${stack}.yaml`).matchAll(/^ {2}(\w+:\w+): (.*)$/gm);
    return {
        ...declaredDefaults(),
        ...Object.fromEntries([...settings].map(([, key, value]) => [key!, unquoted(value!)])),
    };
}
