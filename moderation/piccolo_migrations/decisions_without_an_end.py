from piccolo.apps.migrations.auto.migration_manager import MigrationManager

ID = "2026-11-22T15:30:55:737133"
VERSION = "1.38.0"
DESCRIPTION = "A decision has no end of its own: nothing ever wrote one"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="moderation", description=DESCRIPTION)
    manager.drop_column(
        table_class_name="Decision",
        tablename="decision",
        column_name="lasts_until",
        db_column_name="lasts_until",
    )
    return manager
