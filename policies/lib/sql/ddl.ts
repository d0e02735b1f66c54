/** `CREATE TABLE` in Hive's words, and in Iceberg's, by Spark's grammar, which has both. */
import type * as Parser from "dt-sql-parser/dist/lib/spark/SparkSqlParser";
import { failingListener, plainName, SqlSyntaxError, unquote } from "./antlr";
import { loadSpark, type Spark } from "./grammars";
import type { CreateTable, Properties, Unread } from "./statement";

export async function readCreateTable(text: string): Promise<CreateTable | Unread> {
    const grammar = await loadSpark();
    const lexer = new grammar.SparkSqlLexer(grammar.CharStreams.fromString(text));
    lexer.removeErrorListeners();
    const parser = new grammar.SparkSqlParser(new grammar.CommonTokenStream(lexer));
    parser.removeErrorListeners();
    parser.addErrorListener(failingListener(grammar));
    try {
        return readProgram(grammar, parser.program());
    } catch (error) {
        if (!(error instanceof SqlSyntaxError)) {
            throw error;
        }
        return { kind: "unread", problem: error.message };
    }
}

function readProgram(grammar: Spark, program: Parser.ProgramContext): CreateTable | Unread {
    const created = program.singleStatement().find((each) => each.statement() instanceof grammar.CreateTableContext);
    const statement = created?.statement();
    if (!(statement instanceof grammar.CreateTableContext)) {
        return { kind: "unread", problem: "it is no CREATE TABLE with columns" };
    }
    const clauses = statement.createTableClauses();
    return {
        kind: "create",
        table: plainName(grammar, statement.tableNameCreate()),
        partitionKeys: clauses.partitionFieldList().flatMap((list) => list.partitionField().map(readKey(grammar))),
        formats: readFormats(grammar, clauses),
        buckets: readBuckets(grammar, clauses),
        properties: readProperties(clauses),
    };
}

function readKey(grammar: Spark) {
    return (field: Parser.PartitionFieldContext): { name: string; type?: string } => {
        const column = field.columnType();
        return column === null
            ? { name: plainName(grammar, field) }
            : {
                  name: plainName(grammar, column.errorCapturingIdentifier()),
                  type: column.dataType().getText().toLowerCase(),
              };
    };
}

function readFormats(grammar: Spark, clauses: Parser.CreateTableClausesContext): readonly string[] {
    const fileFormats = clauses.createFileFormat().flatMap((stored) => {
        const fileFormat = stored.fileFormat();
        const classes = fileFormat?.stringLit().map((each) => unquote(each.getText())) ?? [];
        return fileFormat === null || classes.length > 0 ? classes : [plainName(grammar, fileFormat).toUpperCase()];
    });
    const serdes = clauses
        .rowFormat()
        .filter((each) => each.KW_SERDE() !== null)
        .map((each) => unquote(each._name?.getText() ?? ""));
    return fileFormats.length + serdes.length === 0 ? ["TEXTFILE"] : [...fileFormats, ...serdes];
}

function readBuckets(grammar: Spark, clauses: Parser.CreateTableClausesContext): CreateTable["buckets"] {
    const [bucketed] = clauses.bucketSpec();
    return bucketed === undefined
        ? undefined
        : {
              columns: bucketed
                  .identifierList()
                  .identifierSeq()
                  .errorCapturingIdentifier()
                  .map((each) => plainName(grammar, each)),
              count: Number(bucketed.INTEGER_VALUE().getText()),
          };
}

function readProperties(clauses: Parser.CreateTableClausesContext): Properties {
    const properties = clauses._tableProps?.property() ?? [];
    return new Map(
        properties.map((property) => [
            unquote(property.propertyKey().getText()).toLowerCase(),
            unquote(property.propertyValue()?.getText() ?? ""),
        ]),
    );
}
