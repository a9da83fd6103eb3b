"""A picture of the label counts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from policytext.corpus.files import write_bytes
from policytext.corpus.gold import Gold
from policytext.errors import MissingExtraError, UnreadableInputError
from policytext.taxonomy import load_taxonomy

_FONT = "Noto Sans SC"
# Okabe and Ito's palette: told apart by readers with any colour vision, and in grey.
_COLOURS = ("#0072B2", "#E69F00", "#999999")


def plot_categories(corpus: Sequence[Gold], path: Path) -> None:
    """Write a bar chart of measures per category, stacked by layer, to `path` (.svg or .png)."""
    if path.suffix not in {".svg", ".png"}:
        raise UnreadableInputError("a picture is .svg or .png", "choose one of these endings", str(path))
    chart = _chart(_counts(corpus))
    write_bytes(path, _render(chart, path.suffix))


def _counts(corpus: Sequence[Gold]) -> list[dict[str, str | int]]:
    names = {category.id: f"{category.zh}  {category.id}" for category in load_taxonomy().categories}
    found: dict[tuple[str, str], int] = {}
    for gold in corpus:
        for measure in gold.annotation.measures:
            key = (names.get(measure.category, measure.category), gold.layer)
            found[key] = found.get(key, 0) + 1
    return [{"category": name, "layer": layer, "measures": count} for (name, layer), count in found.items()]


def _chart(rows: list[dict[str, str | int]]) -> str:
    try:
        import altair
    except ImportError as error:
        raise MissingExtraError("plots", "drawing") from error
    layers = sorted({str(row["layer"]) for row in rows})
    data = altair.Data(values=rows)  # type: ignore[no-untyped-call]
    chart = (
        altair.Chart(data, title="Measures per category", width=520)
        .mark_bar()
        .encode(
            x=altair.X("measures:Q", title="measures", stack=True),
            y=altair.Y("category:N", title=None, sort="-x", axis=altair.Axis(labelLimit=420)),
            color=altair.Color("layer:N", scale=altair.Scale(domain=layers, range=_COLOURS[: len(layers)])),
        )
        .configure(font=_FONT)
        .configure_view(stroke=None)
    )
    return str(chart.to_json())


def _render(chart: str, suffix: str) -> bytes:
    try:
        import vl_convert
        from pylopdf_fonts_zh_cn import sans_path
    except ImportError as error:
        raise MissingExtraError("plots", "drawing") from error
    vl_convert.register_font_directory(str(Path(sans_path()).parent))
    if suffix == ".png":
        return bytes(vl_convert.vegalite_to_png(chart, scale=2))
    return str(vl_convert.vegalite_to_svg(chart)).encode()
