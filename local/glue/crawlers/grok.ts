/** Grok classifiers: the columns of lines that a pattern matches. */
import * as vm from "node:vm";
import { grok } from "../../grok";
import type { Grok } from "../classifiers/kinds";
import { scalar, type Schema } from "./types";

export interface GrokSample {
    readonly schema: Schema;
    readonly records: number;
    readonly malformed: number;
}

/** Milliseconds for a sample, in which nothing else is done: some expressions take longer than anyone waits for some lines. */
const patience = 1_000;
const mostLines = 10_000;

/**
 * @param complete does the sample end where the object ends? If not, its last line may be cut
 * @returns undefined when the pattern does not match most of the lines
 * @throws when it takes too long
 */
export function sampleGrok(text: string, complete: boolean, classifier: Grok): GrokSample | undefined {
    if (text.includes("\0")) return undefined;
    const { expression, columns } = grok(classifier.GrokPattern, classifier.CustomPatterns);
    const lines = text.split(/\r?\n/).filter((line) => line !== "");
    if (!complete && lines.length > 1) lines.pop();
    const looked = lines.slice(0, mostLines);
    const matched = matches(expression, looked, classifier.Name);
    if (matched === 0 || matched * 2 < looked.length) return undefined;
    return {
        schema: new Map([...columns].map(([name, type]) => [name, scalar(type)])),
        records: Math.round((lines.length * matched) / looked.length),
        malformed: looked.length - matched,
    };
}

function matches(expression: RegExp, lines: readonly string[], name: string): number {
    const context = vm.createContext({ expression, lines });
    try {
        return vm.runInContext("lines.filter((line) => expression.test(line)).length", context, {
            timeout: patience,
        }) as number;
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ERR_SCRIPT_EXECUTION_TIMEOUT") throw error;
        throw new Error(
            `The GrokPattern of the classifier ${name} takes longer than ${patience / 1000} s for the first ${lines.length} lines. ` +
                "Patterns with one repetition inside another are slow.",
        );
    }
}
