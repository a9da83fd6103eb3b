"""The reliability plot as inline SVG, in the colours of the page around it."""

from __future__ import annotations

from policytext.metrics.calibration import Calibration

_SIZE, _LEFT, _TOP = 240, 36, 10


def reliability_svg(calibration: Calibration) -> str:
    """Return the plot: a bar per bin up to the share that is right, a dot at its mean score, and the diagonal."""
    parts = [_frame()]
    largest = max((bin_.n for bin_ in calibration.bins), default=0)
    for bin_ in calibration.bins:
        if bin_.n:
            tip = f"{bin_.low:.1f}–{bin_.high:.1f}: score {bin_.score:.2f}, right {bin_.accuracy:.2f}, n {bin_.n}"
            left, top = _x(bin_.low) + 1, _y(bin_.accuracy)
            strength = 0.25 + 0.75 * bin_.n / largest
            parts.append(
                f'<rect class="bar" x="{left:.1f}" y="{top:.1f}" width="{_SIZE / len(calibration.bins) - 2:.1f}" '
                f'height="{_y(0) - top:.1f}" opacity="{strength:.2f}"><title>{tip}</title></rect>'
                f'<circle class="dot" cx="{_x(bin_.score):.1f}" cy="{top:.1f}" r="3.5"><title>{tip}</title></circle>'
            )
    label = f"Reliability: expected calibration error {calibration.ece:.3f}"
    width, height = _SIZE + _LEFT + 10, _SIZE + _TOP + 38
    head = f'<svg class="reliability" role="img" aria-label="{label}" viewBox="0 0 {width} {height}">'
    return f"{head}{''.join(parts)}</svg>"


def _x(share: float) -> float:
    return _LEFT + share * _SIZE


def _y(share: float) -> float:
    return _TOP + (1 - share) * _SIZE


def _frame() -> str:
    lines = [f'<line class="even" x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}"/>']
    for tenth in range(0, 11, 2):
        share = tenth / 10
        lines.append(f'<line class="grid" x1="{_x(0)}" y1="{_y(share):.1f}" x2="{_x(1)}" y2="{_y(share):.1f}"/>')
        lines.append(f'<text x="{_x(0) - 5}" y="{_y(share) + 4:.1f}" text-anchor="end">{share:.1f}</text>')
        lines.append(f'<text x="{_x(share):.1f}" y="{_y(0) + 15:.1f}" text-anchor="middle">{share:.1f}</text>')
    lines.append(f'<text x="{_x(0.5)}" y="{_y(0) + 32:.1f}" text-anchor="middle">score</text>')
    return "".join(lines)
