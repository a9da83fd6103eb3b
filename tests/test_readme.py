"""The READMEs are true: their blocks run, their commands exist, their links lead somewhere, both say the same."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import typer

from policytext.commands.app import app
from policytext.corpus.card import BEGIN, END
from policytext.taxonomy import load_taxonomy
from policytext.training.recipes import make_recipe

ROOT = Path(__file__).parents[1]
COMMANDS = typer.main.get_command(app).commands
BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)
CARD = re.compile(f"{re.escape(BEGIN)}.*?{re.escape(END)}", re.DOTALL)
PAGES = ("README.md", "README.zh.md")
LINKED_PAGES = (*PAGES, "CONTRIBUTING.md", "CHANGELOG.md", "annotations/README.md", "annotations/guidelines.md")


def read(name):
    """Return a page without the generated card."""
    return CARD.sub("", (ROOT / name).read_text("utf-8"))


def blocks(name, language=""):
    return [code for kind, code in BLOCK.findall(read(name)) if language in {"", kind}]


def calls(text):
    """Return (command, the words behind it) of every call of policytext in shell blocks and inline code."""
    code = "\n".join(
        [*(code for kind, code in BLOCK.findall(text) if kind == "bash"), *re.findall(r"`([^`\n]+)`", text)]
    )
    return re.findall(r"\bpolicytext ([a-z]+)\b([^\n|]*)", code)


@pytest.mark.parametrize("code", blocks("README.md", "python"), ids=lambda code: code.strip().splitlines()[0])
def test_a_python_block_runs(code, tmp_path):
    environment = os.environ | {"HF_DATASETS_CACHE": str(tmp_path), "HF_HUB_OFFLINE": "1", "PYTHONUTF8": "1"}
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, check=False)
    assert run.returncode == 0, run.stderr.decode()[-2000:]
    assert run.stdout.strip()


@pytest.mark.parametrize("page", PAGES)
def test_the_page_names_the_commands_that_there_are(page):
    assert {command for command, _ in calls(read(page))} == set(COMMANDS)


@pytest.mark.parametrize("page", PAGES)
def test_the_page_names_options_that_there_are(page):
    used = [
        (command, option) for command, rest in calls(read(page)) for option in re.findall(r"(?<=\s)--?[a-z-]+", rest)
    ]
    assert len(used) > 10
    known = {name: {flag for p in command.params for flag in p.opts} | {"--help"} for name, command in COMMANDS.items()}
    assert [(name, option) for name, option in used if option not in known[name]] == []


def test_both_languages_have_the_same_code():
    assert len(blocks("README.md")) > 8
    assert blocks("README.md") == blocks("README.zh.md")


def test_the_first_screen_has_the_two_commands():
    for page in PAGES:
        jobs = re.findall(r"<!-- (main job|tests) -->\n```bash\n(.+)\n```", read(page))
        assert jobs == [
            (
                "main job",
                "python3 -m venv .venv && . .venv/bin/activate && pip install . && policytext tag corpus/sample.txt",
            ),
            ("tests", "pip install '.[dev]' && pytest -q"),
        ]


def test_the_recipe_is_one():
    (recipe,) = blocks("README.md", "toml")
    assert make_recipe(tomllib.loads(recipe)).id == "wider"


@pytest.mark.parametrize("page", LINKED_PAGES)
def test_relative_links_lead_somewhere(page):
    links = re.findall(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)", read(page))
    missing = []
    for path, anchor in links:
        target = ((ROOT / page).parent / path) if path else ROOT / page
        if not target.exists() or (anchor and f'<a id="{anchor}"></a>' not in target.read_text("utf-8")):
            missing.append((path, anchor))
    assert missing == []


def test_every_category_has_its_place_in_the_guidelines():
    taxonomy, guidelines = load_taxonomy(), read("annotations/guidelines.md")
    assert guidelines.startswith(f"# Codebook {taxonomy.version} ")
    places = re.findall(r'<a id="(\w+)"></a>\n### (\w+) (.+)', guidelines)
    assert places == [(category.id, category.id, category.zh) for category in taxonomy.categories]
