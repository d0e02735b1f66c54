import type { Mutation } from "./mutation";

const file = "lakePermissions.ts";
const grants = "lakePermissionsGrants.ts";
const readers = "readers see every database, and read tables of silver and gold only";
const writers = "writers create, change and write tables of every zone, and add data in every location; they drop none";
const hybrid = "hybrid keeps IAM's defaults and access; without it Lake Formation decides alone";
const bronze = "what is not tagged otherwise is bronze: raw data stays with writers";
const role = "Lake Formation reads and writes the locations by a role of its own, which has no right elsewhere";

export const mutations: Mutation[] = [
    { breaks: readers, file: grants, replace: "[LakeZone.Silver, LakeZone.Gold]", by: "Object.values(LakeZone)" },
    { breaks: readers, file: grants, replace: '["DESCRIBE", "SELECT"]', by: '["DESCRIBE", "INSERT", "SELECT"]' },
    { breaks: readers, file: grants, replace: 'permissions: ["DESCRIBE"]', by: 'permissions: ["ALTER", "DESCRIBE"]' },
    { breaks: writers, file: grants, replace: '"CREATE_TABLE", ', by: "" },
    { breaks: writers, file: grants, replace: '"DELETE", "DESCRIBE"', by: '"DELETE", "DESCRIBE", "DROP"' },
    { breaks: writers, file, replace: 'permissions: ["DATA_LOCATION_ACCESS"]', by: "permissions: []" },
    {
        breaks: "a principal with datasets is granted those and no others",
        file: grants,
        replace: "datasets === undefined ?",
        by: "true ?",
    },
    { breaks: bronze, file, replace: "value: LakeZone.Bronze", by: "value: LakeZone.Silver" },
    { breaks: bronze, file, replace: "value: zone }", by: "value: LakeZone.Gold }" },
    { breaks: "administrators are exactly admins", file, replace: "{ admins, create", by: "{ create" },
    { breaks: "administrators are exactly admins", file, replace: "if (admins === undefined)", by: "if (false)" },
    { breaks: hybrid, file, replace: "const byIam = hybrid", by: "const byIam = true" },
    { breaks: hybrid, file, replace: "hybridAccessEnabled: hybrid", by: "hybridAccessEnabled: true" },
    { breaks: hybrid, file, replace: "args.hybrid ?? true", by: "args.hybrid ?? false" },
    { breaks: hybrid, file, replace: "`${name}-settings-hybrid`", by: "`${name}-settings`" },
    { breaks: "administrators are exactly admins", file, replace: ", retainOnDelete: true", by: "" },
    {
        breaks: "a change of a grant, a tag or a location never ends with it taken away",
        file,
        replace: "deleteBeforeReplace: true,",
        by: "",
    },
    { breaks: role, file, replace: "Resource: arns.map((arn) => `${arn}/*`)", by: 'Resource: "*"' },
    { breaks: role, file, replace: "roleArn: this.roleArn, hybrid", by: "hybrid" },
    { breaks: role, file, replace: "...keyStatements(key),", by: "" },
];
