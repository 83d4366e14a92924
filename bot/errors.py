"""What a person at the keyboard must mend before the process can run."""

from __future__ import annotations

from conversations.errors import LuwteError


class SettingsError(LuwteError):
    """The settings are half or wrong; the text says which and what to do, never a secret's value."""
