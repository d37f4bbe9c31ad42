from tests.helpers.rotas import clock

__all__ = ["clock"]
