import { QueryAccess } from "..";

/** Lets the analysts' role query one table of gold, and nothing else, in one workgroup. */
export const access = new QueryAccess("analysts", {
    roleName: "analysts",
    workgroupArn: "arn:aws:athena:eu-central-1:123456789012:workgroup/analysts",
    resultsLocation: "s3://my-results/analysts/",
    databaseName: "weather_gold",
    tables: ["daily_summary"],
    dataLocations: ["s3://my-gold/daily_summary/"],
}).roleName;
