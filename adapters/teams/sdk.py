"""Which of Microsoft's SDKs runs the turns; only that one is imported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from adapters.teams.connector import Connector
    from adapters.teams.seam import Sdk

Choice = Literal["botbuilder", "agents"]


def chosen(choice: Choice, connector: Connector) -> Sdk:
    """Raises ImportError when the package of this one is not installed."""
    if choice == "agents":
        from adapters.teams.seam_agents import AgentsSdk

        return AgentsSdk(connector)
    from adapters.teams.seam_botbuilder import BotBuilder

    return BotBuilder(connector)
