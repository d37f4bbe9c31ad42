"""What the queue does for ads. Each job reads the present state again and may run twice."""

from uuid import UUID

from app.jobs import RETRY, queue


@queue.task(name="listings.remove_photo_files", retry=RETRY)
async def remove_photo_files(photos: str) -> None:
    """`photos` are ids separated by commas."""
    from listings.photographing import forget_files_without_a_row

    await forget_files_without_a_row([UUID(photo) for photo in photos.split(",")])
