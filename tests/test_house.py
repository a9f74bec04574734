"""The house kept in order: what no linter of ours knows."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import grimp

from tests import migrated

ROOT = Path(__file__).resolve().parent.parent
PLAZA = ROOT / "plaza"
DOORS = {"views", "urls", "forms", "feeds", "tasks", "admin", "management"}
INSIDE = [["urls"], ["views", "tasks", "feeds", "admin"], ["forms"], ["domain"], ["access"], ["models"], ["choices"]]
# config mounts every room's addresses.
MOUNTS = {"plaza.config.urls"}


def modules() -> Iterator[Path]:
    for file in sorted(PLAZA.rglob("*.py")):
        if "migrations" not in file.parts:
            yield file


def test_no_package_uses_anothers_doors():
    graph = grimp.build_graph("plaza")
    crossings = [
        (importer, imported)
        for importer in graph.modules
        for imported in graph.find_modules_directly_imported_by(importer)
        if imported.split(".")[2:3] and imported.split(".")[2] in DOORS
        and importer.split(".")[1] != imported.split(".")[1]
        and importer not in MOUNTS
    ]  # fmt: skip

    assert crossings == []


def test_inside_a_package_imports_point_down():
    graph = grimp.build_graph("plaza")
    height = {room: level for level, rooms in enumerate(reversed(INSIDE)) for room in rooms}
    upward = []
    for importer in graph.modules:
        parts = importer.split(".")
        if len(parts) < 3 or parts[2] not in height:
            continue
        for imported in graph.find_modules_directly_imported_by(importer):
            other = imported.split(".")
            same = len(other) > 2 and other[1] == parts[1] and other[2] in height and other[2] != parts[2]
            if same and height[other[2]] >= height[parts[2]]:
                upward.append((importer, imported))

    assert upward == []


def test_every_package_opens_with_what_it_is_for():
    silent = [
        package.name
        for package in PLAZA.iterdir()
        if (package / "__init__.py").exists()
        and not ast.get_docstring(ast.parse((package / "__init__.py").read_text()))
    ]

    assert silent == []


def test_a_late_import_says_why():
    unexplained = [
        f"{file.relative_to(ROOT)}:{number}"
        for file in modules()
        if file.name != "apps.py"
        for number, line in enumerate(file.read_text().splitlines(), start=1)
        if re.match(r"\s+(from \S+ import|import \S+)", line) and "#" not in line
        and not _under_type_checking(file, number)
    ]  # fmt: skip

    assert unexplained == []


def _under_type_checking(file: Path, number: int) -> bool:
    before = file.read_text().splitlines()[: number - 1]
    heads = [line for line in before if line and not line[0].isspace()]
    return bool(heads) and heads[-1].startswith(("if TYPE_CHECKING", '"""', "def gettext"))


def test_nothing_committed_names_a_path_of_this_machine():
    wrong = [
        str(file.relative_to(ROOT))
        for pattern in (
            "plaza/**/*.py",
            "tests/**/*.py",
            "tools/**/*.py",
            "docs/**/*.md",
            "*.md",
            "Makefile",
            ".ci/run",
        )
        for file in ROOT.glob(pattern)
        if ".venv" not in file.parts
        if re.search(r"/(work|root|home)/\w", file.read_text("utf-8")) and file.name != "test_house.py"
    ]

    assert wrong == []


def test_no_file_has_grown_past_its_subject():
    grown = [
        (str(file.relative_to(ROOT)), count)
        for file in modules()
        if (count := len(file.read_text().splitlines())) > 350
    ]

    assert grown == []


# Names, the same in every language.
NAMES = {"Plaza", "IATI", "GeoNames", "Köppen-Geiger", "XLSX", "CSV"}
# A page that is shown when nothing works says all four languages at once.
IN_ALL_FOUR = {"400.html", "500.html"}


def test_every_word_of_a_template_is_translated():
    tags = re.compile(r"{%\s*(blocktranslate|comment)\b.*?{%\s*end\1\s*%}|{[%{#].*?[%}#]}", re.DOTALL)
    markup = re.compile(r"<style>.*?</style>|<[^>]*>|&\w+;", re.DOTALL)
    bare = {
        (file.name, word)
        for file in (PLAZA.rglob("templates/**/*.*"))
        if file.suffix in (".html", ".txt") and file.name not in IN_ALL_FOUR
        for word in re.findall(r"[^\W\d_]{2}[\w-]*", markup.sub(" ", tags.sub(" ", file.read_text("utf-8"))))
    }

    assert {(file, word) for file, word in bare if word not in NAMES} == set()


def test_what_migrations_import_makes_the_tests_database_anew():
    imported = {
        name
        for file in PLAZA.glob("*/migrations/*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        for name in imported_by(node)
        if name.startswith("plaza.")
    }
    known = {".".join(file.relative_to(ROOT).with_suffix("").parts) for file in migrated.files()}

    assert {name for name in imported if not {name, f"{name}.__init__"} & known} == set()
    assert "plaza.core.folding" in imported


def imported_by(node: ast.AST) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""]
    return [each.name for each in node.names] if isinstance(node, ast.Import) else []
