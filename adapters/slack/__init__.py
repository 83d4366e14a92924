"""Slack: a signed request in, one message or window out, within the same request."""
