"""What is committed: no hosts, no machine's paths, no big files, links that resolve, threats that name their tests."""

from __future__ import annotations

import json
import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml
from bench.report import performance_page

from tests.house.sources import ROOT, tracked_files

BIG_FILE_BYTES = 1_000_000
LOCKS = ["requirements.lock", "requirements-dev.lock", "requirements-uv.lock"]
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("name", LOCKS)
def test_python_locks_name_no_host(name: str) -> None:
    text = (ROOT / name).read_text()
    assert "://" not in text
    assert "--hash=sha256:" in text


def test_npm_locks_name_no_registry() -> None:
    for path in tracked_files():
        if path.name == "package-lock.json":
            assert '"resolved"' not in path.read_text(), path


def test_locks_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    lock = (ROOT / "requirements.lock").read_text().lower()
    for requirement in project["project"]["dependencies"]:
        name = re.split(r"[\[=<>;]", requirement)[0].strip().lower()
        assert re.search(rf"^{re.escape(name)}==", lock, re.MULTILINE), f"{name} is not in requirements.lock"


def test_no_big_file_is_committed() -> None:
    big = [p.relative_to(ROOT).as_posix() for p in tracked_files() if p.stat().st_size > BIG_FILE_BYTES]
    assert big == []


def test_no_path_of_a_machine_is_committed() -> None:
    patterns = re.compile(rb"/[w]ork/|/[r]oot/|/[f]arm/|[p]ythonhosted|[r]egistry\.npmjs|/[h]ome/[a-z]+/")
    found = []
    for path in tracked_files():
        if path.suffix in {".png", ".woff2", ".dcm"}:
            continue
        if patterns.search(path.read_bytes()):
            found.append(path.relative_to(ROOT).as_posix())
    assert found == []


def documents() -> list[Path]:
    return [path for path in tracked_files() if path.suffix == ".md"]


def test_links_in_documents_resolve() -> None:
    broken = []
    for document in documents():
        targets = LINK.findall(document.read_text(encoding="utf-8"))
        inside = [target for target in targets if "://" not in target and not target.startswith("mailto:")]
        where = document.relative_to(ROOT)
        broken += [f"{where} → {target}" for target in inside if not (document.parent / target).exists()]
    assert broken == []


def test_make_targets_in_documents_exist() -> None:
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    for document in documents():
        for target in re.findall(r"`make ([a-z]+)", document.read_text(encoding="utf-8")):
            assert target in targets, f"{document.name}: make {target}"


def commands_in_documents() -> dict[str, str]:
    """Commands of `kontor` in code, inline and fenced, and the document that names each."""
    found = {}
    for document in documents():
        text = document.read_text(encoding="utf-8")
        fenced = [line for block in re.findall(r"```[a-z]*\n(.*?)```", text, re.DOTALL) for line in block.splitlines()]
        for code in [*re.findall(r"`([^`\n]+)`", text), *fenced]:
            if command := re.match(r"\s*(?:\.venv/bin/)?kontor ([a-z][^#|&;]*)", code):
                found.setdefault(command[1].strip(), document.name)
    return found


@pytest.mark.parametrize(("command", "where"), commands_in_documents().items())
def test_commands_in_documents_exist_with_their_options(command: str, where: str) -> None:
    words = command.split()
    names = [word for word in words[: 2 if words[0] in {"user", "token", "peer"} else 1] if word.isalpha()]
    run = subprocess.run(
        [ROOT / ".venv/bin/kontor", *names, "--help"],
        capture_output=True, text=True, check=False, env={**os.environ, "COLUMNS": "200"},
    )  # fmt: skip
    assert run.returncode == 0, f"{where}: kontor {command}: {run.stderr}"
    options = re.findall(r"--[a-z][a-z-]*", command)
    assert [option for option in options if option not in run.stdout] == [], f"{where}: kontor {command}"


def test_claims_of_speed_have_their_figures() -> None:
    """README sends readers to `docs/performance.md`: it is made of all results, as today's bench writes them."""
    results = {path.stem: json.loads(path.read_text()) for path in (ROOT / "bench" / "results").glob("*.json")}
    assert {"ingest", "memory"} <= set(results)
    for name, figures in results.items():
        assert {"cores", "system", "python", "load_at_end"} <= set(figures["machine"]), name
    page = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
    assert page == performance_page()


REQUIRED_DOCUMENTS = [
    "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "LICENSE", "docs/architecture.md",
    "docs/glossary.md", "docs/dependencies.md", "docs/operations.md", "docs/performance.md", "docs/security/README.md",
]  # fmt: skip


@pytest.mark.parametrize("name", REQUIRED_DOCUMENTS)
def test_document_is_there(name: str) -> None:
    assert (ROOT / name).is_file()


def test_the_readme_says_what_kontor_is_not() -> None:
    assert "not a medical device" in (ROOT / "README.md").read_text().lower()


def test_every_dependency_has_its_line() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    text = (ROOT / "docs" / "dependencies.md").read_text().lower()
    wanted = [re.split(r"[\[=<>;]", line)[0].strip().lower() for line in project["project"]["dependencies"]]
    assert [name for name in wanted if f"`{name}`" not in text] == []


def threat_files() -> list[Path]:
    return sorted((ROOT / "docs" / "security" / "threats").glob("*.yaml"))


@pytest.mark.parametrize("door", ["dimse", "dicomweb", "api", "files", "command-line"])
def test_every_door_has_its_threats(door: str) -> None:
    assert any(yaml.safe_load(path.read_text())["door"] == door for path in threat_files())


def test_every_threat_names_tests_that_exist() -> None:
    assert threat_files()
    for path in threat_files():
        for threat in yaml.safe_load(path.read_text())["threats"]:
            assert {"id", "what", "rule", "tests"} <= set(threat), path.name
            assert threat["tests"], f"{path.name} {threat['id']}"
            for test in threat["tests"]:
                file, *_, name = test.split("::")
                source = (ROOT / file).read_text(encoding="utf-8")
                assert f"def {name}(" in source, f"{path.name} {threat['id']}: {test} does not exist"


def test_generated_parts_of_documents_are_current() -> None:
    run = subprocess.run([ROOT / ".venv/bin/python", ROOT / "scripts/renew-documents", "--check"], check=False)
    assert run.returncode == 0, "run scripts/renew-documents"
