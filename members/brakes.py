"""How often the doors may be tried. An address may be a whole barracks behind one router, hence the wide limits."""

from datetime import timedelta

from app.throttle import forget, throttle

QUARTER, HOUR = timedelta(minutes=15), timedelta(hours=1)


async def brake_joining(address: str) -> None:
    await throttle("join", address, limit=40, every=QUARTER)


async def brake_code(code: str) -> None:
    await throttle("code", code, limit=100, every=HOUR)


async def brake_mail(email: str, address: str) -> None:
    """Nobody's mailbox is filled through our forms."""
    await throttle("mail-from", address, limit=30, every=HOUR)
    await throttle("mail-to", email, limit=5, every=HOUR)


async def brake_sign_in(email: str, address: str) -> None:
    await throttle("sign-in-from", address, limit=100, every=QUARTER)
    await throttle("sign-in", email, limit=10, every=QUARTER)


async def release_sign_in(email: str) -> None:
    await forget("sign-in", email)


async def brake_confirmation(token: str, address: str) -> None:
    await throttle("confirm-from", address, limit=100, every=QUARTER)
    await throttle("confirm", token, limit=10, every=QUARTER)


async def brake_own_password(member: str) -> None:
    await throttle("own-password", member, limit=10, every=QUARTER)


async def release_own_password(member: str) -> None:
    await forget("own-password", member)
