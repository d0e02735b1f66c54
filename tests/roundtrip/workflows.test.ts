import * as aws from "@pulumi/aws";
import { itGoesRound } from "./roundTrip";

itGoesRound({
    name: "workflows and classifiers",
    program: (pick) => {
        const tags = { team: pick("lake", "sea") };
        new aws.glue.Workflow("workflow", {
            name: "nightly",
            description: pick("Every night", "Each night"),
            defaultRunProperties: { mode: pick("full", "part"), [pick("a", "b")]: "c" },
            maxConcurrentRuns: pick(1, 2),
            tags,
        });
        new aws.glue.Classifier("csv", {
            name: "csv",
            csvClassifier: {
                delimiter: pick("|", ";"),
                quoteSymbol: "'",
                containsHeader: pick("ABSENT", "PRESENT"),
                headers: ["id", pick("name", "title")],
                customDatatypeConfigured: true,
                customDatatypes: ["INT", pick("STRING", "DATE")],
                allowSingleColumn: pick(false, true),
            },
        });
        new aws.glue.Classifier("grok", {
            name: "grok",
            grokClassifier: {
                classification: pick("log", "logs"),
                grokPattern: pick("%{WORD:word}", "%{LETTER:letter}"),
                customPatterns: "LETTER [a-z]",
            },
        });
        new aws.glue.Classifier("json", { name: "json", jsonClassifier: { jsonPath: pick("$[*]", "$.rows[*]") } });
        new aws.glue.Classifier("xml", {
            name: "xml",
            xmlClassifier: { classification: pick("xml", "shop"), rowTag: pick("row", "item") },
        });
    },
});
