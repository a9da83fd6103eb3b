"""The notices of a layout as sections, with their own title, issuer and date."""

from __future__ import annotations

from policytext.records import Section
from policytext.text.dates import first_full_date
from policytext.text.layout import Layout
from policytext.text.structure import NoticeSpan


def notice_sections(layout: Layout) -> list[Section]:
    """Return a section for each notice inside the article, in order."""
    return [_section(layout, notice) for notice in layout.notices]


def _section(layout: Layout, notice: NoticeSpan) -> Section:
    day = first_full_date(layout.view[slice(*notice.date_line)]) if notice.date_line else None
    return Section(
        start=notice.start,
        end=notice.end,
        kind="notice",
        title=layout.text[slice(*notice.title)],
        issuer=layout.text[slice(*notice.issuer)] if notice.issuer else None,
        date=day.isoformat() if day else None,
    )
