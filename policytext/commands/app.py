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
    model: Annotated[str, typer.Option(help="default, or a model folder.")] = "default",
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


@app.command()
def train(
    output: Annotated[Path, typer.Option("--output", "-o", help="Write the model folder here.")],
    data: Annotated[Path, typer.Option(help="Gold with text: a hydrated folder, or the checkout.")] = Path("hydrated"),
    config: Annotated[Path | None, typer.Option(help="TOML file with the recipe; default: the shipped one.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress.")] = False,
) -> None:
    """Train a model on the train split, tune its thresholds on dev, write a model folder."""
    from policytext.commands.train import run_train

    print(run_train(output, data, config, progress=(lambda _: None) if quiet else say))


@app.command()
def evaluate(
    model: Annotated[str, typer.Argument(help="A model name or folder; with --predictions a JSONL file.")],
    gold: Annotated[Path, typer.Argument(help="Gold with text: a JSONL file or folder.")],
    predictions: Annotated[bool, typer.Option("--predictions", help="Score a file of any system's output.")] = False,
    against: Annotated[str | None, typer.Option(help="Another model or file, for the paired test.")] = None,
    report: Annotated[Path | None, typer.Option(help="Write the HTML error analysis here.")] = None,
    fail_under: Annotated[Path | None, typer.Option(help="Baseline scores; exit 1 where one dropped.")] = None,
    form: Annotated[Report, typer.Option("--format", "-f")] = Report.table,
    seed: int = 0,
    resamples: Annotated[int, typer.Option(help="Document-bootstrap resamples.")] = 1000,
) -> None:
    """Score a model, or any system's predictions, against gold."""
    from policytext.commands.evaluate import run_evaluate

    text, code = run_evaluate(
        model,
        gold,
        predictions=predictions,
        against=against,
        report=report,
        fail_under=fail_under,
        form=form.value,
        seed=seed,
        resamples=resamples,
    )
    _finish(text, code)


@app.command()
def validate(
    path: Annotated[Path, typer.Argument(help="A file, a folder or the checkout.")] = Path(),
    checks: Annotated[bool, typer.Option("--checks", help="List the checks and exit.")] = False,
) -> None:
    """Check annotation files; every finding has its name and address."""
    from policytext.commands.validate import list_checks, run_validate

    if checks:
        print(list_checks())
        return
    _finish(*run_validate(path))


@app.command()
def hydrate(
    from_: Annotated[Path | None, typer.Option("--from", help="A folder with the sources; default: HTTP.")] = None,
    output: Annotated[Path, typer.Option("--output", "-o")] = Path("hydrated"),
    root: Annotated[Path, typer.Option(help="The checkout.")] = Path(),
) -> None:
    """Bring the texts of the real documents and their annotations together, on this machine only."""
    from policytext.commands.hydrate import run_hydrate

    _finish(*run_hydrate(root, from_=from_, output=output, progress=say))


@app.command()
def agreement(
    pass_a: Path,
    pass_b: Path,
    form: Annotated[Report, typer.Option("--format", "-f")] = Report.table,
    seed: int = 0,
    resamples: Annotated[int, typer.Option(help="Document-bootstrap resamples.")] = 1000,
) -> None:
    """Measure how far two annotation passes agree."""
    from policytext.commands.agreement import run_agreement

    print(run_agreement(pass_a, pass_b, format=form.value, seed=seed, resamples=resamples))


@app.command()
def adjudicate(
    pass_a: Path,
    pass_b: Path,
    decisions: Annotated[Path | None, typer.Option(help="JSONL of decisions: key, decision, who, why, rule.")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write the decided annotations here.")] = None,
    text: Annotated[Path | None, typer.Option(help="Articles with text, to show the clauses.")] = None,
) -> None:
    """List the disagreements of two passes, or apply decisions on them."""
    from policytext.commands.adjudicate import run_adjudicate

    print(run_adjudicate(pass_a, pass_b, decisions=decisions, output=output, text=text))


@app.command()
def stats(
    path: Annotated[Path, typer.Argument(help="The checkout or a hydrated folder.")] = Path(),
    form: Annotated[Report, typer.Option("--format", "-f")] = Report.table,
    plot: Annotated[Path | None, typer.Option(help="Write a picture of the categories here.")] = None,
) -> None:
    """Count the corpus: documents, clauses, labels, co-occurrence, length, script, period."""
    from policytext.commands.stats import run_stats

    print(run_stats(path, form=form.value, plot=plot))


def _finish(text: str, code: int) -> None:
    print(text)
    if code:
        raise typer.Exit(code)


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
