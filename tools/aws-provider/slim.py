#!/usr/bin/env python3
"""slim.py SOURCE TARGET: copy terraform-provider-aws from SOURCE to TARGET with only the services of services.txt.

Three generated files of the provider reach every AWS service, and so would compile some 250 SDK clients: the list of
service packages, the client factories and the filter helpers. They are cut to what is kept; every other kept file
is copied as it is. shim.go.txt becomes TARGET/shim/shim.go: the one package that may be imported from outside.
TARGET is made anew.
"""

import re
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
MODULE = "github.com/hashicorp/terraform-provider-aws/"
SDK = "github.com/aws/aws-sdk-go-v2/service/"
ROOTS = ["internal", "internal/provider/sdkv2", "internal/provider/framework"]
SERVICE_LIST = "internal/provider/sdkv2/service_packages_gen.go"
CLIENTS = "internal/conns/awsclient_gen.go"
FILTERS = "internal/namevaluesfilters/service_filters_gen.go"
GENERATED = {SERVICE_LIST, CLIENTS, FILTERS}
IMPORT = re.compile(r'^\s*(?:import\s+)?(?:([A-Za-z_.]\w*)\s+)?"([^"]+)"\s*(?://.*)?$')
IMPORT_LINE = re.compile(r'^\t(?:(\w+) )?"([^"]+)"\n', re.M)


def read_services(source: Path) -> tuple[list[str], set[str]]:
    """The services to keep, and the source files to leave out, of services.txt."""
    rows = [line.split("#")[0].split() for line in (HERE / "services.txt").read_text().splitlines()]
    services = [row[0] for row in rows if row]
    left_out = {f"internal/service/{row[0]}/{file[1:]}.go" for row in rows if row for file in row[1:]}
    for path in [f"internal/service/{service}" for service in services] + sorted(left_out):
        if not (source / path).exists():
            sys.exit(f"slim.py: services.txt names {path}, which terraform-provider-aws does not have")
    return services, left_out


def imports(text: str) -> list[str]:
    """Import paths of a Go file: only the lines above its first declaration are looked at."""
    found = []
    for line in text.splitlines():
        if re.match(r"(func|type|var|const)\b", line):
            break
        if match := IMPORT.match(line):
            found.append(match.group(2))
    return found


def sdk_service(path: str) -> str | None:
    return path[len(SDK) :].split("/")[0] if path.startswith(SDK) else None


def closure(source: Path, services: list[str], left_out: set[str]) -> tuple[set[str], set[str]]:
    """The provider's packages and the SDK clients reached from the kept services, not through the generated files."""
    todo = ROOTS + [f"internal/service/{service}" for service in services]
    packages: set[str] = set()
    clients: set[str] = set()
    while todo:
        package = todo.pop()
        if package in packages:
            continue
        packages.add(package)
        for file in sorted((source / package).glob("*.go")):
            name = file.relative_to(source).as_posix()
            if file.name.endswith("_test.go") or name in left_out:
                continue
            for path in imports(file.read_text(encoding="utf-8")):
                if path.startswith(MODULE):
                    if name not in GENERATED or "/internal/service/" not in path:
                        todo.append(path[len(MODULE) :])
                elif name not in GENERATED and (client := sdk_service(path)):
                    clients.add(client)
    return packages, clients


def copy_packages(source: Path, target: Path, packages: set[str], left_out: set[str]) -> None:
    """Each package's files, and the folders without Go code beside them: data for go:embed."""
    for package in sorted(packages):
        (target / package).mkdir(parents=True, exist_ok=True)
        for entry in sorted((source / package).iterdir()):
            name = f"{package}/{entry.name}"
            if entry.is_file() and not entry.name.endswith("_test.go") and name not in left_out:
                shutil.copyfile(entry, target / name)
            elif entry.is_dir() and entry.name not in ("testdata", "test-fixtures") and not any(entry.rglob("*.go")):
                shutil.copytree(entry, target / name, copy_function=shutil.copyfile)
    shutil.copyfile(source / "LICENSE", target / "LICENSE")


def copy_error_texts(source: Path, target: Path, services: set[str]) -> None:
    """The error texts that internal/embed.go embeds; a pattern without a match would fail the build."""
    for file in source.glob("internal/**/smarterr.hcl"):
        name = file.relative_to(source)
        of_a_service = len(name.parts) == 4 and name.parts[1] == "service"
        if not of_a_service or name.parts[2] in services:
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target / name)
    if not any(target.glob("internal/service/*/smarterr.hcl")):
        embed = target / "internal/embed.go"
        embed.write_text(embed.read_text().replace("//go:embed service/*/smarterr.hcl\n", ""))


def forget_left_out(source: Path, target: Path, left_out: set[str]) -> None:
    """Take what the left-out files define out of their service's registration."""
    for name in sorted(left_out):
        registration = target / Path(name).parent / "service_package_gen.go"
        text = registration.read_text(encoding="utf-8")
        factory = r"(?m)^func (new\w+|dataSource\w+|resource\w+)\("
        for function in re.findall(factory, (source / name).read_text(encoding="utf-8")):
            text = re.sub(rf"(?ms)^\t\t\{{\n\t\t\tFactory:\s+{function},.*?^\t\t\}},\n", "", text)
        registration.write_text(text, encoding="utf-8")


def cut_service_list(target: Path, services: set[str]) -> None:
    file = target / SERVICE_LIST
    kept = []
    for line in file.read_text(encoding="utf-8").splitlines(keepends=True):
        match = re.search(r'internal/service/(\w+)"', line) or re.match(r"\s*(\w+)\.ServicePackage\(ctx\),", line)
        if not match or match.group(1) in services:
            kept.append(line)
    file.write_text("".join(kept), encoding="utf-8")


def cut_clients(file: Path, clients: set[str]) -> None:
    """Drop the SDK imports that are not kept, the functions that use them, and the imports left without a use."""
    text = file.read_text(encoding="utf-8")
    gone: list[str] = []

    def drop(match: re.Match[str]) -> str:
        client = sdk_service(match.group(2))
        if client is None or client in clients:
            return match.group(0)
        gone.append(match.group(1) or match.group(2).rsplit("/", 1)[1])
        return ""

    text = IMPORT_LINE.sub(drop, text)
    if gone:
        uses_gone = re.compile(rf"\b({'|'.join(map(re.escape, gone))})\.")
        head, *functions = re.split(r"(?m)^(?=// [^\n]*\nfunc |func )", text)
        text = head + "".join(function for function in functions if not uses_gone.search(function))
    code = re.sub(r"(?m)//.*$", "", text)

    def drop_unused(match: re.Match[str]) -> str:
        name = match.group(1) or re.sub(r"/v\d+$", "", match.group(2)).split("/")[-1]
        return match.group(0) if re.search(rf"\b{re.escape(name)}\.", code) else ""

    file.write_text(IMPORT_LINE.sub(drop_unused, text), encoding="utf-8")


def write_module_file(source: Path, target: Path, clients: set[str]) -> None:
    """The provider's go.mod without the SDK clients that are not kept: it sets the versions when ours is tidied."""
    lines = (source / "go.mod").read_text().splitlines(keepends=True)
    required = re.compile(rf"\s+{re.escape(SDK)}(\w+) ")
    kept = [line for line in lines if not (match := required.match(line)) or match.group(1) in clients]
    (target / "go.mod").write_text("".join(kept))


def main() -> None:
    source, target = Path(sys.argv[1]), Path(sys.argv[2])
    wanted, left_out = read_services(source)
    packages, clients = closure(source, wanted, left_out)
    services = {Path(package).name for package in packages if re.fullmatch(r"internal/service/\w+", package)}
    shutil.rmtree(target, ignore_errors=True)
    copy_packages(source, target, packages, left_out)
    copy_error_texts(source, target, services)
    forget_left_out(source, target, left_out)
    cut_service_list(target, services)
    cut_clients(target / CLIENTS, clients)
    if (target / FILTERS).exists():
        cut_clients(target / FILTERS, clients)
    write_module_file(source, target, clients)
    (target / "shim").mkdir()
    shutil.copyfile(HERE / "shim.go.txt", target / "shim/shim.go")
    print(f"{len(packages)} packages; services {' '.join(sorted(services))}; SDK clients {' '.join(sorted(clients))}")


if __name__ == "__main__":
    main()
