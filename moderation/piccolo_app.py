from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

APP_CONFIG = AppConfig(
    app_name="moderation",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=table_finder(
        [
            "moderation.cases.tables",
            "moderation.reports.tables",
            "moderation.decisions.tables",
            "moderation.sanctions.tables",
            "moderation.appeals.tables",
            "moderation.notices.tables",
            "moderation.audit.tables",
            "moderation.rules.tables",
            "moderation.figures.tables",
        ],
        exclude_imported=True,
    ),
    migration_dependencies=["listings.piccolo_app", "messaging.piccolo_app", "thanks.piccolo_app"],
)
