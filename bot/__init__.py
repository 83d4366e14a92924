"""The process: settings, wiring, the web, and the commands. Knows all, decides nothing."""
