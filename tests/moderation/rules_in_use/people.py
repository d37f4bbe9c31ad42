"""What the cast writes that makes rules speak, and what was counted of it."""

from typing import Any

from app import database

DISTRESS = "Je n’en peux plus, je pense à en finir."
MISSION = "Mon mari rentre du Mali le 12 mars, tout le monde est invité."
INSULT = "Espèce de connard, tu vas voir."
IBAN = "Voici mon compte : FR76 3000 6000 0112 3456 7890 189."
PHONE = "Appelez-moi au 06 12 34 56 78."


async def hits() -> list[tuple[str, str, str, bool]]:
    """(rule, mode, moment, whether a case came of it), in order."""
    rows = await database.rows('SELECT rule, mode, moment, "case" IS NOT NULL AS judged FROM rule_hit ORDER BY id')
    return [tuple(row) for row in rows]


async def switched(rule: str, mode: str) -> None:
    """As an administrator leaves it; no process knows yet."""
    await database.execute(
        "INSERT INTO rule_switch (rule, mode, why, switched_at) VALUES ($1, $2, 'Pour voir ce qu’elle dit.', now())"
        " ON CONFLICT (rule) DO UPDATE SET mode = excluded.mode",
        rule,
        mode,
    )


def typed(category: str = "tips", **given: Any) -> dict[str, Any]:
    """A form of an ad, as the page of a tip sends it."""
    return {"title": "Une bonne adresse", "body": "Bonjour à tous.", "commune": "Brest (29)", "do": "send", **given}
