"""A person's identifiers as a platform sends them: read at the edge, derived from, dropped."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, repr=False)
class PlatformId:
    """`platform` is slack, teams or terminal; `tenant` the workspace or tenant; `user` the raw id.

    It prints as `<id>`, goes to `Identities.identify` and nowhere else.
    """

    platform: str
    tenant: str
    user: str

    def __repr__(self) -> str:
        return "<id>"
