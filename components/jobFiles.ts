/** Job files in the scripts bucket, each under a key that holds the hash of its content: a run never sees half an update. */
import * as crypto from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** First 16 hex digits of the SHA-256 of texts or bytes, in order; a name and its content cannot run into each other. */
export function contentHash(parts: readonly (string | Buffer)[]): string {
    const hash = crypto.createHash("sha256");
    for (const part of parts) {
        hash.update(`${Buffer.byteLength(part)}:`).update(part);
    }
    return hash.digest("hex").slice(0, 16);
}

/** The job that does what a dataset's contract says lies beside this code, in the repository as in the package. */
const ownFiles = path.join(__dirname, "..", "glue-scripts");

/**
 * Where script and library are when the user names none. Relative to the working folder: what enters the state must be
 * the same on every machine.
 */
export function defaultFiles(given: { readonly scriptPath?: string; readonly libraryPath?: string }) {
    const own = (file: string) => path.relative(process.cwd(), path.join(ownFiles, file));
    return given.scriptPath === undefined
        ? { scriptPath: own("etl.py"), libraryPath: given.libraryPath ?? own("lakeworks") }
        : { scriptPath: given.scriptPath, libraryPath: given.libraryPath };
}

/** The package that Lakeworks' own script imports, for scripts of yours that import it as well. */
export function ownLibrary(): string {
    return path.relative(process.cwd(), path.join(ownFiles, "lakeworks"));
}

/** Python sources below a folder, as paths relative to it with forward slashes, in order. */
export function pythonSources(folder: string): string[] {
    return fs
        .readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".py"))
        .map((file) => file.split(path.sep).join("/"))
        .sort();
}

/** @returns the object's `s3://` address; it resolves once the object is there. */
export function uploadText(
    name: string,
    bucket: pulumi.Input<string>,
    key: (hash: string) => string,
    text: string,
    contentType: string,
    parent: pulumi.Resource,
): pulumi.Output<string> {
    const object = new aws.s3.BucketObjectv2(
        name,
        { bucket, key: key(contentHash([text])), content: text, contentType },
        { parent, ...replacement },
    );
    return addressOf(object);
}

/** Uploads a Python package's folder as a zip from which `import <folder's name>` works. */
export function uploadLibrary(
    name: string,
    bucket: pulumi.Input<string>,
    key: (hash: string) => string,
    folder: string,
    parent: pulumi.Resource,
): pulumi.Output<string> {
    const root = path.basename(folder);
    const files = pythonSources(folder);
    const archive = new pulumi.asset.AssetArchive(
        Object.fromEntries(
            files.map((file) => [`${root}/${file}`, new pulumi.asset.FileAsset(path.join(folder, file))]),
        ),
    );
    const hash = contentHash(files.flatMap((file) => [file, fs.readFileSync(path.join(folder, file))]));
    const object = new aws.s3.BucketObjectv2(
        name,
        { bucket, key: key(hash), source: archive, contentType: "application/zip" },
        { parent, ...replacement },
    );
    return addressOf(object);
}

/** Uploads a wheel under its own name, which pip reads; it has the version, and no version is ever published twice. */
export function uploadWheel(
    name: string,
    bucket: pulumi.Input<string>,
    file: string,
    parent: pulumi.Resource,
): pulumi.Output<string> {
    const wheel = path.basename(file);
    const object = new aws.s3.BucketObjectv2(
        `${name}-wheel-${wheel.split("-")[0]}`,
        {
            bucket,
            key: `lib/${name}/${wheel}`,
            source: new pulumi.asset.FileAsset(file),
            contentType: "application/zip",
        },
        { parent, ...replacement },
    );
    return addressOf(object);
}

/** The new object is there before the job points to it, and the old one goes after: a job never lacks its script. */
const replacement: pulumi.CustomResourceOptions = { deleteBeforeReplace: false };

function addressOf(object: aws.s3.BucketObjectv2): pulumi.Output<string> {
    return pulumi.interpolate`s3://${object.bucket}/${object.key}`;
}
