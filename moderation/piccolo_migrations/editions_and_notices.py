from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from enum import Enum
from piccolo.columns.base import OnDelete
from piccolo.columns.base import OnUpdate
from piccolo.columns.column_types import Boolean
from piccolo.columns.column_types import ForeignKey
from piccolo.columns.column_types import Varchar
from piccolo.columns.indexes import IndexMethod
from piccolo.constraints import Check

ID = "2026-11-22T14:04:00:000001"
VERSION = "1.38.0"
DESCRIPTION = "A report names an edition of a thing; notices that add to one another, of known kinds"


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="moderation", description=DESCRIPTION)
    manager.add_column(
        table_class_name="Report",
        tablename="report",
        column_name="edition",
        db_column_name="edition",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 32,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )
    manager.add_column(
        table_class_name="Report",
        tablename="report",
        column_name="judged_edition",
        db_column_name="judged_edition",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 32,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )
    manager.add_column(
        table_class_name="Report",
        tablename="report",
        column_name="read_lately",
        db_column_name="read_lately",
        column_class_name="Boolean",
        column_class=Boolean,
        params={
            "default": False,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )
    manager.add_column(
        table_class_name="Report",
        tablename="report",
        column_name="thing",
        db_column_name="thing",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 60,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )
    manager.add_column(
        table_class_name="Notice",
        tablename="notice",
        column_name="joins",
        db_column_name="joins",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": "self",
            "on_delete": OnDelete.cascade,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": True,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )
    manager.alter_column(
        table_class_name="Notice",
        tablename="notice",
        column_name="illegality",
        db_column_name="illegality",
        params={
            "choices": Enum(
                "Illegality",
                {
                    "minors": "minors",
                    "terrorism": "terrorism",
                    "defence": "defence",
                    "violence": "violence",
                    "hatred": "hatred",
                    "privacy": "privacy",
                    "forbidden": "forbidden",
                    "fraud": "fraud",
                    "defamation": "defamation",
                    "work": "work",
                    "copy": "copy",
                    "other": "other",
                },
            )
        },
        old_params={"choices": None},
        column_class=Varchar,
        old_column_class=Varchar,
        schema=None,
    )
    manager.alter_column(
        table_class_name="Notice",
        tablename="notice",
        column_name="name",
        db_column_name="name",
        params={"secret": True},
        old_params={"secret": False},
        column_class=Varchar,
        old_column_class=Varchar,
        schema=None,
    )
    manager.drop_constraint(
        table_class_name="Report",
        tablename="report",
        constraint_name="once_per_case",
        schema=None,
    )
    manager.add_constraint(
        table_class_name="Notice",
        tablename="notice",
        constraint_name="known_illegality",
        constraint_class=Check,
        params={
            "condition": "illegality IN ('minors', 'terrorism', 'defence', 'violence', 'hatred', 'privacy', 'forbidden', 'fraud', 'defamation', 'work', 'copy', 'other')"
        },
        schema=None,
    )
    manager.add_constraint(
        table_class_name="Notice",
        tablename="notice",
        constraint_name="known_outcome_of_notice",
        constraint_class=Check,
        params={"condition": "outcome IN ('', 'founded', 'unfounded', 'withdrawn', 'nowhere')"},
        schema=None,
    )
    manager.add_constraint(
        table_class_name="Notice",
        tablename="notice",
        constraint_name="mail_in_lower_case",
        constraint_class=Check,
        params={"condition": "email = lower(email)"},
        schema=None,
    )
    manager.add_constraint(
        table_class_name="Notice",
        tablename="notice",
        constraint_name="never_joins_itself",
        constraint_class=Check,
        params={"condition": "joins <> id"},
        schema=None,
    )

    return manager
