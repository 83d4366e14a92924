"""`luwte setup teams`: every step to Teams in order, who must click what, with the exact values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.environment import public_url, text

if TYPE_CHECKING:
    from collections.abc import Mapping

STEPS = """\
Luwte in Microsoft Teams: five steps. Names in CAPITALS are values that a step gives and a later one takes.
Two people are enough: whoever may register applications in Entra ID and has an Azure subscription (steps
1 and 2), and a Teams administrator (steps 3 and 4).

1  REGISTER THE APPLICATION              entra.microsoft.com > Applications > App registrations > New registration
     Name                                Luwte
     Supported account types             Accounts in this organizational directory only (single tenant)
     Redirect URI                        leave empty
     API permissions                     none: remove User.Read, which is there by default
   From the page "Overview":             APP_ID     = Application (client) ID
                                         TENANT_ID  = Directory (tenant) ID
   Certificates & secrets, one of:       SECRET     = Client secrets > New: its value, not its id; note the day it ends
                                         CERTIFICATE  Certificates > Upload, an RSA certificate
   On Azure neither is needed: make a user-assigned managed identity in place of this registration.

2  MAKE THE AZURE BOT                    portal.azure.com > Create a resource > Azure Bot
     Bot handle                          anything, for example luwte-ORGANISATION
     Data residency                      Regional, in the European Union
     Pricing tier                        F0 (free; Teams is a standard channel and costs nothing)
     Type of App                         Single Tenant (or User-Assigned Managed Identity)
     Creation type                       Use existing app registration: APP_ID, TENANT_ID
   Then, in that resource:
     Configuration > Messaging endpoint  {url}/api/messages
     Configuration > Application Insights   leave all empty: no activity of a person belongs there
     Channels > Microsoft Teams          Microsoft Teams Commercial; Calling stays off; Apply
     Channels > Web Chat, Direct Line    delete both: nobody talks there

   Start the server with:
     MicrosoftAppId={app}
     MicrosoftAppTenantId={tenant}
     MicrosoftAppType=SingleTenant       (or UserAssignedMSI, and none of the two below)
     MicrosoftAppPassword_FILE=…         a file with SECRET (or MicrosoftAppCertificate_FILE: key and certificate, PEM)
     LUWTE_OPERATOR=bureau               or employer: who runs this server; people read it before the first question
   and see that it works:                luwte doctor

3  UPLOAD THE PACKAGE
     luwte manifest teams --app-id {app} --website https://… --privacy https://… --out luwte.zip
     admin.teams.microsoft.com > Teams apps > Manage apps > Actions > Upload new app > luwte.zip
     Luwte comes in as blocked: nobody can add it before step 4 is done, so that nobody is the first.

4  GIVE IT TO EVERYBODY AT ONCE          or installing says something about a person: Teams logs who adds an app
     Manage apps > Luwte > Allow
     Manage apps > Luwte > Users and groups > Everyone
     Teams apps > Setup policies > Global (Org-wide default) > Installed apps > Add apps > Luwte > Save
     The same in every other setup policy that is given to people. It reaches everybody within a day or so.
     Pinning it (Pinned apps) shows it to everybody in the same place; then opening it is nothing special.
     Tell people through the organisation's usual channel, never one by one.

5  WHAT MUST STAY AS IT IS
     No Graph permission and no resource-specific consent: the bot asks for none and needs none.
     No Conversational analytics, no transcript bot and no compliance recording on this app.
     surface = "private" in the configuration keeps conversations out of the chat archive altogether.
     The administrator can still see that the app is there and who uses it; people are told so.
     The secret ends on the day of step 1: renew it before, or people get no answer.
"""


def teams(env: Mapping[str, str]) -> int:
    """Print the steps; what is configured already stands in its place."""
    print(
        STEPS.format(
            url=public_url(env, "LUWTE_PUBLIC_URL") or "https://HOST",
            app=text(env, "MicrosoftAppId") or "APP_ID",
            tenant=text(env, "MicrosoftAppTenantId") or "TENANT_ID",
        ),
        end="",
    )
    return 0
