/**
 * Exclude patterns of S3 targets.
 * @see https://docs.aws.amazon.com/glue/latest/dg/define-crawler-choose-data-sources.html
 */
import { wholeText, type Pattern } from "../../patterns";
import { AwsError } from "../../protocol/operations";

const specials = /[.+^$()|\\]/;

/**
 * `*` stays within a folder, `**` crosses folders, `?` is one character, `[a-z]` and `[!a]` are sets,
 * `{a,b}` alternatives, `\` takes the next character as it is.
 * @throws InvalidInputException for a bracket that is not closed, or a set that is none
 */
export function globPattern(glob: string): Pattern {
    let source = "";
    let alternatives = 0;
    for (let index = 0; index < glob.length; index += 1) {
        const character = glob.charAt(index);
        if (character === "*") {
            const crosses = glob.charAt(index + 1) === "*";
            source += crosses ? ".*" : "[^/]*";
            if (crosses) index += 1;
        } else if (character === "?") source += "[^/]";
        else if (character === "\\") source += escape(glob.charAt((index += 1)));
        else if (character === "[") {
            const end = glob.indexOf("]", index + 1);
            if (end < 0) throw unclosed(glob);
            const set = glob.slice(index + 1, end).replace(/\\/g, "\\\\");
            source += `[${set.startsWith("!") ? `^${set.slice(1)}` : set}]`;
            index = end;
        } else if (character === "{") {
            source += "(?:";
            alternatives += 1;
        } else if (character === "}" && alternatives > 0) {
            source += ")";
            alternatives -= 1;
        } else source += character === "," && alternatives > 0 ? "|" : escape(character);
    }
    if (alternatives > 0) throw unclosed(glob);
    const pattern = wholeText(source);
    if ("test" in pattern) return pattern;
    throw new AwsError("InvalidInputException", `The exclude pattern '${glob}' is not valid: ${pattern.reason}`);
}

function escape(character: string): string {
    return specials.test(character) || "*?[]{}".includes(character) ? `\\${character}` : character;
}

function unclosed(glob: string): AwsError {
    return new AwsError("InvalidInputException", `The exclude pattern '${glob}' has a bracket that is not closed.`);
}
