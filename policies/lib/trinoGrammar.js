/**
 * Loads Trino's grammar, which is Athena's, from dt-sql-parser. Plain JavaScript, because TypeScript would turn
 * `import()` into `require()`: the package is made of ES modules. They are written for bundlers and name their
 * neighbours without extension, which Node does not find by itself: hence the hook.
 */
const { register } = require("node:module");

const resolveLikeABundler = `
export async function resolve(specifier, context, next) {
    const relative = specifier.startsWith(".") && context.parentURL?.includes("/dt-sql-parser/");
    return next(relative && !specifier.endsWith(".js") ? specifier + ".js" : specifier, context);
}`;

let loading;

async function load() {
    register(`data:text/javascript,${encodeURIComponent(resolveLikeABundler)}`);
    const [antlr, lexer, parser] = await Promise.all([
        import("antlr4ng"),
        import("dt-sql-parser/dist/lib/trino/TrinoSqlLexer.js"),
        import("dt-sql-parser/dist/lib/trino/TrinoSqlParser.js"),
    ]);
    return { ...antlr, ...lexer, ...parser };
}

/** Takes about a third of a second up to the first statement: to be called only when there is one to parse. */
exports.loadTrinoGrammar = () => (loading ??= load());
