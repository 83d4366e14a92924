"""The file of learnt weights, one sign a line; it is made by learning and never by hand."""

from __future__ import annotations

from typing import Final

from conversations.safety.classifier import KINDS, LEVELS, Weights

HEAD: Final = (
    "# Learnt from sentences, by `make learn`; whoever changes this by hand loses it there."
)
BIAS, ENOUGH, SIGN = "bias", "enough", "sign"


class WeightsError(ValueError):
    """A line that is none of ours; `line` is its number, from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line}")
        self.line = line


def text(weights: Weights) -> str:
    """As it stands in the file: `sign<TAB>crisis<TAB>harm_other<TAB>harassment<TAB>burnout`."""
    lines = [HEAD, _row(BIAS, KINDS, weights.bias)]
    lines += [_row(ENOUGH, (level,), (bar,)) for level, bar in weights.enough.items()]
    lines += [_row(SIGN, (sign,), each) for sign, each in sorted(weights.signs.items())]
    return "\n".join(lines) + "\n"


def read(written: str) -> Weights:
    """The weights of such a file. Raises WeightsError for a line that is not as `text` writes it."""
    bias: tuple[int, ...] = ()
    enough: dict[str, int] = {}
    signs: dict[str, tuple[int, ...]] = {}
    for number, line in enumerate(written.splitlines(), start=1):
        if line.startswith("#"):
            continue
        try:
            sort, *rest = line.split("\t")
            match sort, rest:
                case "sign", [sign, *several] if len(several) == len(KINDS):
                    signs[sign] = tuple(map(int, several))
                case "enough", [level, bar]:
                    enough[level] = int(bar)
                case "bias", [*_] if rest[: len(KINDS)] == [*KINDS]:
                    bias = tuple(map(int, rest[len(KINDS) :]))
                case _:
                    raise WeightsError(number)
        except ValueError:
            raise WeightsError(number) from None
    bars = {level: enough[level] for _, level in LEVELS if level in enough}
    if len(bias) != len(KINDS) or len(bars) != len(LEVELS) or len(enough) != len(LEVELS):
        raise WeightsError(1)
    return Weights(bias, bars, signs)


def _row(sort: str, names: tuple[str, ...], numbers: tuple[int, ...]) -> str:
    return "\t".join([sort, *names, *map(str, numbers)])
