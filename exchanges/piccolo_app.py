from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

APP_CONFIG = AppConfig(
    app_name="exchanges",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=table_finder(
        [
            "exchanges.tables",
            "exchanges.matching.tables",
            "exchanges.hospitality.tables",
            "exchanges.figures.tables",
            "exchanges.stays.tables",
            "exchanges.swaps.tables",
        ],
        exclude_imported=True,
    ),
    migration_dependencies=["members.piccolo_app", "listings.piccolo_app", "messaging.piccolo_app"],
)
