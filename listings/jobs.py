"""What the queue does for ads. Each job reads the present state again and may run twice."""

from datetime import datetime
from uuid import UUID

from app.jobs import RETRY, queue


@queue.task(name="listings.remove_photo_files", retry=RETRY)
async def remove_photo_files(photos: str) -> None:
    """`photos` are ids separated by commas."""
    from listings.photos.photographing import forget_files_without_a_row

    await forget_files_without_a_row([UUID(photo) for photo in photos.split(",")])


@queue.task(name="listings.mail_ending", retry=RETRY)
async def mail_ending(listing: str, renewals: int, reminded_at: str) -> None:
    """Writes to the author of an ad that ends soon."""
    from listings.life.reminding import mail_about_the_end

    await mail_about_the_end(UUID(listing), renewals, datetime.fromisoformat(reminded_at))
