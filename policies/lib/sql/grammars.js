/**
 * Loads grammars from dt-sql-parser. Plain JavaScript, because TypeScript would turn `import()` into `require()`: the
 * package is made of ES modules. They are written for bundlers and name their neighbours without extension, which Node
 * does not find by itself: hence the hook.
 */
const { register } = require("node:module");

const resolveLikeABundler = `
export async function resolve(specifier, context, next) {
    const relative = specifier.startsWith(".") && context.parentURL?.includes("/dt-sql-parser/");
    return next(relative && !specifier.endsWith(".js") ? specifier + ".js" : specifier, context);
}`;

let hooked = false;

async function load(lexer, parser) {
    if (!hooked) register(`data:text/javascript,${encodeURIComponent(resolveLikeABundler)}`);
    hooked = true;
    const modules = await Promise.all([import("antlr4ng"), lexer(), parser()]);
    return Object.assign({}, ...modules);
}

let trino;
let spark;

/** Each takes about a third of a second up to its first statement: to be called only when there is one to parse. */
exports.loadTrino = () =>
    (trino ??= load(
        () => import("dt-sql-parser/dist/lib/trino/TrinoSqlLexer.js"),
        () => import("dt-sql-parser/dist/lib/trino/TrinoSqlParser.js"),
    ));
exports.loadSpark = () =>
    (spark ??= load(
        () => import("dt-sql-parser/dist/lib/spark/SparkSqlLexer.js"),
        () => import("dt-sql-parser/dist/lib/spark/SparkSqlParser.js"),
    ));
