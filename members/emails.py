"""E-mail addresses, as they are kept: checked for form, in lower case, plain ASCII."""

from email_validator import EmailNotValidError, validate_email


def address_of(typed: str) -> str | None:
    """The address as it is kept; None when it cannot be one."""
    try:
        found = validate_email(typed, check_deliverability=False, allow_smtputf8=False, test_environment=True)
    except EmailNotValidError:
        return None
    return (found.ascii_email or found.normalized).lower()


def same_address(typed: str) -> str:
    """What a sign-in form looks up: never refused, so that nothing is learnt from a message."""
    return address_of(typed) or typed.lower()
