"""The command line: parses, calls one function, shows what it returns."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from policytext.errors import PolicytextError

app = typer.Typer(
    name="policytext",
    help="Find control measures, places, bodies, dates and numbers in Chinese public-health policy text.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Format(StrEnum):
    """Output formats of `policytext tag`."""

    jsonl = "jsonl"
    table = "table"
    conll = "conll"
    docbin = "docbin"
    html = "html"


class Report(StrEnum):
    """Output formats of reports."""

    table = "table"
    json = "json"
    markdown = "markdown"


def say(message: str) -> None:
    """Show one line on standard error."""
    print(f"policytext: {message}", file=sys.stderr)


def _show_version(asked: bool) -> None:
    if asked:
        from policytext import __version__

        print(f"policytext {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    pass


@app.command()
def tag(
    paths: Annotated[list[str], typer.Argument(help="Files, folders, globs; - is standard input.", metavar="PATH...")],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file.")] = None,
    format_: Annotated[
        Format | None, typer.Option("--format", "-f", help="Default: table on a terminal, jsonl to a file or pipe.")
    ] = None,
    model: Annotated[str, typer.Option(help="default, accurate, or a model folder.")] = "default",
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Processes.")] = 1,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with --output: leave out what it holds.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Add the evidence for each measure.")] = False,
    every_clause: Annotated[bool, typer.Option("--all", help="In the table: clauses without a measure too.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar, no summary.")] = False,
) -> None:
    """Tag articles: every clause's measures with their attributes, and every entity with its value."""
    from policytext.commands import tag as job
    from policytext.commands.output import Resumed, open_writer
    from policytext.commands.progress import Progress
    from policytext.ingest import read_articles

    chosen = format_ or (Format.table if output is None and sys.stdout.isatty() else Format.jsonl)
    if resume and (output is None or chosen is not Format.jsonl):
        raise typer.BadParameter("--resume goes on with a JSONL file: give --output and no other --format")
    done = Resumed.read(output).done if resume and output else set()
    if output and not resume and chosen is not Format.docbin:
        output.unlink(missing_ok=True)
    failures: list[PolicytextError] = []

    def report(error: PolicytextError) -> None:
        failures.append(error)
        say(str(error))

    with Progress(paths, shown=not quiet) as progress:
        outcome = job.run_tag(
            read_articles(paths, report=report),
            open_writer(chosen.value, output, every_clause=every_clause),
            tagging=job.Tagging(model, explain),
            jobs=jobs,
            done=done,
            report=report,
            advance=progress.advance,
        )
    if not quiet and (output or failures):
        skipped = f", {outcome.skipped} done before" if outcome.skipped else ""
        say(f"{outcome.written} articles tagged{skipped}, {len(failures)} failed" + (f" -> {output}" if output else ""))
    if failures:
        raise typer.Exit(1)


def main() -> None:
    """Run the command; an error is one line and exit status 1, a broken pipe is no error."""
    try:
        app(prog_name="policytext")
    except PolicytextError as error:
        say(str(error))
        sys.exit(1)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except KeyboardInterrupt:
        say("interrupted; what was written is whole, go on with --resume")
        sys.exit(130)
