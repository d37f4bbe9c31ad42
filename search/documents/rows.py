"""What every document made of a row of `listing` holds of it."""

from typing import Any


def of_listing(row: Any) -> dict[str, Any]:
    """Fields of a Document."""
    return {
        "id": str(row["id"]),
        "category": row["category"],
        "title": row["title"],
        "body": row["body"],
        "commune": row["commune"] or "",
        "department": row["department"] or "",
        "region": row["region"] or "",
        "lat": row["latitude"],
        "lon": row["longitude"],
        "published_at": row["published_at"],
        "expires_at": row["expires_at"],
    }
