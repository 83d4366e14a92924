"""From a person to a coach: what is asked, shown and sent, line by line, and what comes back.

All of it is held in the private window or the terminal, since it is made of people's own words.
"""
