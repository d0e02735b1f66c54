/** Patterns that clients give. RE2 matches in linear time: with JavaScript's own, one such as `(a+)+` stops the process. */
import { RE2JS, RE2JSException } from "re2js";

export interface Pattern {
    /** Whether the whole text is like the pattern. */
    test(text: string): boolean;
}

/**
 * @param source a regular expression without look-around and references back, which RE2 lacks
 * @returns undefined where it is none, with the reason
 */
export function wholeText(source: string, ignoreCase = false): Pattern | { readonly reason: string } {
    try {
        const compiled = RE2JS.compile(source, RE2JS.DOTALL | (ignoreCase ? RE2JS.CASE_INSENSITIVE : 0));
        return { test: (text) => compiled.matches(text) };
    } catch (error) {
        if (error instanceof RE2JSException) return { reason: error.message };
        throw error;
    }
}

/** Text with wildcards: each part between them is taken as it stands. @param wildcards what each stands for, as a regular expression */
export function withWildcards(text: string, wildcards: Readonly<Record<string, string>>): Pattern {
    const parts = [...text].map((character) =>
        Object.hasOwn(wildcards, character) ? wildcards[character] : RE2JS.quote(character),
    );
    return wholeText(parts.join("")) as Pattern;
}
