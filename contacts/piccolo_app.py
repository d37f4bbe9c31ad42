from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

APP_CONFIG = AppConfig(
    app_name="contacts",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=table_finder(["contacts.directory.tables", "contacts.social.tables"], exclude_imported=True),
    migration_dependencies=["members.piccolo_app"],
)
