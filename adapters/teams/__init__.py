"""Microsoft Teams: activities in, Adaptive Cards and dialogs out. `README.md` tells the facts."""
