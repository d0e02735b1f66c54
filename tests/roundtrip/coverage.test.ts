/** Every type of resource that our components make goes round on the local AWS. */
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { projectRoot } from "../../tools/toolchain";

const ofNetwork =
    "the AWS plugin that is built where none can be downloaded has no EC2 (tools/aws-provider/services.txt)";

/** What has no round trip, and why. */
const left: Readonly<Record<string, string>> = {
    "aws.ec2.DefaultSecurityGroup": ofNetwork,
    "aws.ec2.SecurityGroup": ofNetwork,
    "aws.ec2.VpcEndpoint": ofNetwork,
    "aws.vpc.SecurityGroupEgressRule": ofNetwork,
    "aws.vpc.SecurityGroupIngressRule": ofNetwork,
    "awsx.ec2.Vpc": ofNetwork,
};

function typesMadeIn(folder: string): string[] {
    const files = fs.readdirSync(path.join(projectRoot, folder)).filter((file) => file.endsWith(".ts"));
    const texts = files.map((file) => fs.readFileSync(path.join(projectRoot, folder, file), "utf8"));
    return [
        ...new Set(texts.flatMap((text) => [...text.matchAll(/new (awsx?\.\w+\.\w+)\(/g)].map(([, type]) => type!))),
    ];
}

describe("round trips of the AWS provider", () => {
    const made = typesMadeIn("components").sort();
    const tried = new Set(typesMadeIn("tests/roundtrip"));

    for (const type of made) {
        it(`${type} has one${left[type] === undefined ? "" : `, but for a reason: ${left[type]}`}`, () => {
            assert.equal(tried.has(type), left[type] === undefined, `no round trip for ${type}`);
        });
    }

    it("leaves out only what is made", () => {
        assert.deepEqual(
            Object.keys(left).filter((type) => !made.includes(type)),
            [],
        );
    });
});
