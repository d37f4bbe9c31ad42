"""Numbers to call for who writes of distress: nothing is held, refused or written down because of it."""

from moderation.rules import Content, Finding, screen_or_hold


def signs_of_distress(text: str) -> tuple[Finding, ...]:
    """For `moderation.rules.care` alone, which leaves out what is no distress."""
    return screen_or_hold(Content(body=text)).findings
