"""Piccolo's configuration: the engine and the applications that own tables."""

from piccolo.conf.apps import AppRegistry
from piccolo.engine.postgres import PostgresEngine

from app.postgres import database_url

DB = PostgresEngine(config={"dsn": database_url()}, extensions=())

APP_REGISTRY = AppRegistry(
    apps=[
        "app.piccolo_app",
        "members.piccolo_app",
        "listings.piccolo_app",
        "messaging.piccolo_app",
        "answers.piccolo_app",
        "notifications.piccolo_app",
        "thanks.piccolo_app",
        "moderation.piccolo_app",
        "moving.piccolo_app",
        "search.piccolo_app",
        "exchanges.piccolo_app",
        "benefits.piccolo_app",
        "contacts.piccolo_app",
    ]
)
