/** Who may reach the local AWS: this machine alone unless it is told otherwise, and no web page of another host. */
import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as http from "node:http";
import * as net from "node:net";
import * as os from "node:os";
import * as path from "node:path";
import { startLocal, type LocalAws } from "../../local/control";
import { projectRoot } from "../../tools/toolchain";

describe("where the local AWS listens", function () {
    this.timeout(300_000);
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "lakeworks-test-"));
    const locals: LocalAws[] = [];
    let own: LocalAws;
    let open: LocalAws;

    const start = async (name: string, host?: string) => {
        const local = await startLocal({ stateDir: path.join(folder, name), port: 0, host, detached: false });
        locals.push(local);
        return local;
    };
    before(async () => {
        [own, open] = await Promise.all([start("own"), start("open", "0.0.0.0")]);
    });
    after(async () => {
        await Promise.all(locals.map((local) => local.stop()));
        fs.rmSync(folder, { recursive: true, force: true });
    });

    /** An address that is not the one it listens on by default: all of 127/8 is this machine's, on Linux. */
    const other =
        Object.values(os.networkInterfaces())
            .flatMap((each) => each ?? [])
            .find(({ internal, family }) => !internal && family === "IPv4")?.address ?? "127.0.0.2";

    function reaches(local: LocalAws, address: string): Promise<boolean> {
        return new Promise((resolve) => {
            const socket = net.connect(Number(new URL(local.endpoint).port), address);
            socket.setTimeout(5000, () => resolve(false));
            socket.on("error", () => resolve(false));
            socket.on("connect", () => resolve(true));
            socket.on("connect", () => socket.destroy());
        });
    }

    function status(local: LocalAws, headers: http.OutgoingHttpHeaders, asked = "/_lakeworks/health"): Promise<number> {
        const { port } = new URL(local.endpoint);
        return new Promise((resolve, reject) => {
            http.get({ host: "127.0.0.1", port, path: asked, headers, agent: false }, (response) => {
                response.resume();
                resolve(response.statusCode ?? 0);
            }).on("error", reject);
        });
    }

    it("is loopback by default, and every address when it is told so", async () => {
        assert.deepEqual([await reaches(own, "127.0.0.1"), await reaches(own, other)], [true, false]);
        assert.deepEqual([await reaches(open, "127.0.0.1"), await reaches(open, other)], [true, true]);
        assert.deepEqual([own.isOpen, open.isOpen, open.host], [false, true, "0.0.0.0"]);
    });

    it("is answered by its own names alone: a page cannot bind its name to this machine's address", async () => {
        for (const host of ["127.0.0.1", "localhost:4577", "aws.localhost"])
            assert.equal(await status(own, { host }), 200);
        for (const host of ["evil.example", "evil.example:4577", "127.0.0.1.evil.example", "10.0.0.1"]) {
            assert.equal(await status(own, { host }), 400, host);
        }
        // Once others reach it, they name it by its address or the machine's name.
        for (const host of ["127.0.0.1", other, os.hostname()]) assert.equal(await status(open, { host }), 200, host);
        assert.equal(await status(open, { host: "evil.example" }), 400);
    });

    it("takes no request of a web page of another host, for any service", async () => {
        const signed = "X-Amz-Credential=test/20260101/us-east-1/s3/aws4_request";
        for (const asked of ["/_lakeworks/health", `/?${signed}`]) {
            assert.equal(await status(own, {}, asked), 200);
            assert.equal(await status(own, { origin: "http://localhost:3000" }, asked), 200);
            for (const origin of ["http://evil.example", "null", "https://localhost.evil.example", "file://"]) {
                assert.equal(await status(own, { origin }, asked), 403, origin);
            }
        }
    });

    it("stays as it is while it runs, and has to be an address of this machine", async () => {
        const { host } = await startLocal({ stateDir: path.join(folder, "own") });
        assert.equal(host, "127.0.0.1");
        await assert.rejects(
            startLocal({ stateDir: path.join(folder, "own"), host: "0.0.0.0" }),
            /listens on 127\.0\.0\.1\. Stop it/,
        );
        await assert.rejects(start("name", "localhost"), /The host localhost is no address/);
        await assert.rejects(start("elsewhere", "192.0.2.1"), /192\.0\.2\.1 is no address of this machine/);
    });

    it("is said on the command line, with a warning", () => {
        const lakeworks = (...args: string[]) =>
            spawnSync(process.execPath, [path.join(projectRoot, "automation/bin/lakeworks.js"), "local", ...args], {
                env: { ...process.env, LAKEWORKS_HOME: path.join(folder, "home"), NO_COLOR: "1" },
                encoding: "utf8",
            });
        try {
            const { status: code, stderr } = lakeworks("start", "--host", "0.0.0.0");
            assert.equal(code, 0, stderr);
            assert.match(stderr, /Warning: it listens on 0\.0\.0\.0 and checks no signatures/);
            const again = lakeworks("start");
            assert.match(again.stderr, /Warning/, "also when it is found running");
        } finally {
            assert.equal(lakeworks("stop").status, 0);
        }
    });
});
