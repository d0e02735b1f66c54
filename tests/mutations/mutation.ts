/**
 * Proof that the components' tests can fail. Each "Enforces the following" line of a component has at least one
 * mutation: a change of the source that breaks the promise, and that the test of the same title must notice.
 */

export interface Mutation {
    /** The line, without its backticks; what is wrapped in the source is one line here. */
    readonly breaks: string;
    /** Source file, relative to components/. */
    readonly file: string;
    /** Text of the source; its first occurrence is replaced. */
    readonly replace: string;
    readonly by: string;
}
