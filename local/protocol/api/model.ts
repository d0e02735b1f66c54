/** What AWS's service models say of requests: the tables beside this file, written by tools/aws-api/write.py. */
import * as fs from "node:fs";
import * as path from "node:path";

interface Limits {
    /** Of a text's or list's length, or of a number's value. */
    readonly min?: number;
    readonly max?: number;
    /** A Java regular expression for the whole text. */
    readonly pattern?: string;
    readonly enum?: readonly string[];
    readonly sensitive?: boolean;
}

export type Shape = Limits &
    (
        | {
              readonly type: "structure";
              /** Names of the members' shapes. */
              readonly members: Readonly<Record<string, string>>;
              readonly required?: readonly string[];
              /** Any JSON. */
              readonly document?: boolean;
          }
        | { readonly type: "list"; readonly member: string }
        | { readonly type: "map"; readonly key: string; readonly value: string }
        | { readonly type: "timestamp"; readonly timestampFormat?: "iso8601" }
        | { readonly type: "string" | "integer" | "long" | "double" | "float" | "boolean" | "blob" }
    );

export interface ServiceModel {
    /** What stands before the dot in `X-Amz-Target`; null for a REST service, whose path names the operation. */
    readonly targetPrefix: string | null;
    /** Every operation of the service with its input's shape; null for one that takes nothing. */
    readonly operations: Readonly<Record<string, string | null>>;
    readonly shapes: Readonly<Record<string, Shape>>;
}

export function loadModel(service: string): ServiceModel {
    return JSON.parse(fs.readFileSync(path.join(__dirname, `${service}.json`), "utf8")) as ServiceModel;
}

/** @throws when the table lacks a shape that it refers to, which its writer does not let happen */
export function shapeOf(model: ServiceModel, name: string): Shape {
    const shape = model.shapes[name];
    if (shape === undefined) throw new Error(`The service's model has no shape ${name}.`);
    return shape;
}

/** Members as AWS names them in messages: `jobUpdate.command`, `tags.1.member`. */
export function within(place: string, part: string): string {
    const name = part.charAt(0).toLowerCase() + part.slice(1);
    return place === "" ? name : `${place}.${name}`;
}
