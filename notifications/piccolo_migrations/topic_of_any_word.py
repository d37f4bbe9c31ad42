from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from enum import Enum
from piccolo.columns.column_types import Varchar

ID = "2026-11-22T10:00:09:430781"
VERSION = "1.38.0"
DESCRIPTION = "A new topic needs no migration"


async def forwards():
    manager = MigrationManager(
        migration_id=ID, app_name="notifications", description=DESCRIPTION
    )

    manager.alter_column(
        table_class_name="Notification",
        tablename="notification",
        column_name="topic",
        db_column_name="topic",
        params={"choices": None},
        old_params={
            "choices": Enum(
                "Topic",
                {
                    "listing_published": "listing_published",
                    "listing_sent_back": "listing_sent_back",
                    "listing_removed": "listing_removed",
                    "edit_accepted": "edit_accepted",
                    "edit_sent_back": "edit_sent_back",
                    "reply_removed": "reply_removed",
                    "report_handled": "report_handled",
                    "new_message": "new_message",
                    "new_reply": "new_reply",
                    "reply_answered": "reply_answered",
                },
            )
        },
        column_class=Varchar,
        old_column_class=Varchar,
        schema=None,
    )

    return manager
