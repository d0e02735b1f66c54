/** Reads the program's configuration as typed values, and keeps every fault for one report. */
import * as pulumi from "@pulumi/pulumi";

export class ConfigReader {
    private readonly config = new pulumi.Config("lakeworks");
    private readonly faults: string[] = [];

    /** The value; undefined where it is absent or empty, which in Pulumi.yaml is how a default says "none". */
    text(key: string): string | undefined {
        const value = this.config.get(key);
        return value === "" ? undefined : value;
    }

    oneOf<T extends string>(key: string, choices: readonly T[], fallback: T): T {
        const value = this.text(key) ?? fallback;
        const found = choices.find((choice) => choice === value);
        if (found === undefined) {
            this.fault(`lakeworks:${key} is "${value}"; it must be one of ${choices.join(", ")}`);
        }
        return found ?? fallback;
    }

    whole(key: string, fallback: number): number {
        const value = Number(this.text(key) ?? fallback);
        if (!Number.isInteger(value)) {
            this.fault(`lakeworks:${key} is "${this.text(key)}"; it must be a whole number`);
        }
        return value;
    }

    flag(key: string, fallback: boolean): boolean {
        return this.oneOf(key, ["true", "false"], fallback ? "true" : "false") === "true";
    }

    /** @param pattern that every element matches, else `reason` says what is wrong with it */
    list(key: string, pattern: RegExp, reason: string): string[] {
        const value: unknown = this.parsed(key);
        if (!Array.isArray(value) || value.some((element) => typeof element !== "string")) {
            this.fault(
                `lakeworks:${key} must be a list of texts: pulumi config set --path 'lakeworks:${key}[0]' <text>`,
            );
            return [];
        }
        const texts = value as string[];
        for (const text of texts.filter((each) => !pattern.test(each))) {
            this.fault(`lakeworks:${key} has "${text}", which ${reason}`);
        }
        return texts;
    }

    fault(text: string): void {
        this.faults.push(text);
    }

    /** @throws pulumi.RunError with every fault */
    throwIfAny(): void {
        if (this.faults.length > 0) {
            throw new pulumi.RunError(
                `The stack's settings are wrong:\n${this.faults.map((fault) => `  - ${fault}`).join("\n")}`,
            );
        }
    }

    private parsed(key: string): unknown {
        try {
            return this.config.getObject<unknown>(key) ?? [];
        } catch {
            return undefined;
        }
    }
}
