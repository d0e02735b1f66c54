/** The outline of a DQDL document; its rules are read by Deequ when a job evaluates them. */
import { AwsError } from "../../protocol/operations";

const longest = 65_536;

/**
 * @returns how many rules the document has
 * @throws InvalidInputException for a document whose sections, brackets or quotes are wrong
 */
export function rulesOf(document: string): number {
    if (document.length < 1 || document.length > longest) {
        throw invalid(`it must have 1 to ${longest} characters`);
    }
    // What stands in quotes may hold any bracket or comma.
    const bare = document.replace(/#[^\n]*\n/g, "\n").replace(/"(?:\\.|[^"\\])*"/g, "q");
    if (bare.includes('"')) throw invalid("a quote is not closed");
    const rules = /(?:^|\s|\])Rules\s*=\s*\[/.exec(bare);
    if (rules === null && !/(?:^|\s)Analyzers\s*=\s*\[/.test(bare)) {
        throw invalid("it must have a section Rules = [ … ] or Analyzers = [ … ]");
    }
    return rules === null ? 0 : countItems(bare, rules.index + rules[0].length);
}

const closing: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

function countItems(text: string, start: number): number {
    const open = ["]"];
    let items = 0;
    let empty = true;
    for (const character of text.slice(start)) {
        if (character === "," && open.length === 1) {
            if (empty) throw invalid("a rule is missing before a comma");
            items += 1;
            empty = true;
            continue;
        }
        const close = closing[character];
        if (close !== undefined) {
            open.push(close);
        } else if ([")", "]", "}"].includes(character)) {
            if (open.pop() !== character) throw invalid(`"${character}" closes no bracket`);
            if (open.length > 0) continue;
            if (empty && items > 0) throw invalid("a rule is missing after a comma");
            return items + (empty ? 0 : 1);
        }
        empty &&= /\s/.test(character);
    }
    throw invalid("a bracket is not closed");
}

function invalid(reason: string): AwsError {
    return new AwsError("InvalidInputException", `The ruleset is no DQDL document: ${reason}.`);
}
