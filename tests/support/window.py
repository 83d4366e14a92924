"""Somebody who talks in the private window of Slack: opens it, sends it, presses in it, closes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.support import slack

if TYPE_CHECKING:
    from tests.support.slack import Answered, FakeSlack, Workspace

Json = dict[str, Any]


class WindowPerson:
    """`view` is the window as they see it, None when none is open."""

    def __init__(self, workspace: Workspace, api: FakeSlack, user: str = slack.PERSON) -> None:
        self.workspace, self.api, self.user = workspace, api, user
        self.view: Json | None = None
        self._seen = 0

    @property
    def text(self) -> str:
        """Everything that is to be read in the window."""
        return "" if self.view is None else "\n".join(read(self.view["blocks"]))

    @property
    def _published(self) -> int:
        """How often their Home was published; those of others are published meanwhile."""
        made = self.api.made("views.publish")
        return sum(each.arguments["user_id"] == self.user for each in made)

    async def open_home(self) -> Json:
        """The Home tab, opened anew."""
        count = self._published
        event = slack.home_opened(self._home(), user=self.user)
        assert (await self.workspace.send(event)).status == 200
        await self.api.until(lambda: self._published > count)
        return self.api.home(self.user)

    async def at_home(self, button: str) -> None:
        """Press a button on the Home tab; a window may open."""
        home = self.api.home(self.user)
        await self._sent(slack.click_in_view(home, button, user=self.user))

    async def command(self, text: str = "") -> None:
        await self._sent(slack.slash_command(text, user=self.user))

    async def press(self, button: str) -> None:
        """A button in the window."""
        assert self.view is not None
        await self._sent(slack.click_in_view(self.view, button, user=self.user))

    async def send(self, answer: str | None = None, view: Json | None = None) -> Answered:
        """Send the window with these words, or this choice; without any, where there is no field."""
        view = view or self.view
        assert view is not None
        answered = await self.workspace.send(slack.submit(view, answer, user=self.user))
        said = answered.json if answered.text else {}
        if said.get("response_action") == "update":
            self.view = self.api.took(view["id"], said["view"])
        elif said.get("response_action") != "errors":
            self.view = None
        return answered

    def close(self) -> None:
        """The cross in the corner: nothing is told to anybody."""
        self.view = None

    def _home(self) -> Json | None:
        published = [
            c for c in self.api.made("views.publish") if c.arguments["user_id"] == self.user
        ]
        return self.api.home(self.user) if published else None

    async def _sent(self, payload: Json) -> None:
        before = len(self.api.views)
        assert (await self.workspace.send(payload)).status == 200
        if len(self.api.views) > before:
            self.view = self.api.views[-1]


def read(value: object) -> list[str]:
    """Every text in blocks, in order."""
    if isinstance(value, dict):
        own = [value["text"]] if isinstance(value.get("text"), str) else []
        return own + [text for part in value.values() for text in read(part)]
    if isinstance(value, list):
        return [text for part in value for text in read(part)]
    return []
