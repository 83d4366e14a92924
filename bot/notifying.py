"""How notices leave this process: over the platforms that are configured, and the mail server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adapters.notices import Notices

if TYPE_CHECKING:
    from adapters.mail import MailServer
    from adapters.notices import Sender
    from adapters.slack.api import SlackApi
    from adapters.teams.connector import Connector
    from conversations.desktexts import DeskTexts


def notices(
    texts: DeskTexts,
    *,
    slack: SlackApi | None,
    teams: Connector | None,
    mail: MailServer | None,
) -> Notices:
    """One sender for each; a notice for a route that is not there waits, and is seen to."""
    senders: dict[str, Sender] = {}
    if slack is not None:
        from adapters.slack.notices import SlackNotices

        senders["slack"] = SlackNotices(slack)
    if teams is not None:
        from adapters.teams.notices import TeamsNotices

        senders["teams"] = TeamsNotices(teams)
    if mail is not None:
        from adapters.mail import MailNotices

        senders["email"] = MailNotices(mail)
    return Notices(texts, senders)
