/** The pack: one rule per file, each of which says what it wants, why, and how to put it right. */
import { PolicyPack } from "@pulumi/policy";
import { rules } from "./rules";

new PolicyPack("lakeworks", {
    description: "What a data lake on S3, Glue and Athena must keep to, checked in every preview and up",
    policies: [...rules],
});
