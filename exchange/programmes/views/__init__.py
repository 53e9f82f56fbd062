"""The pages of classes, programmes of study with their versions and courses, and terms."""

from exchange.programmes.views import classes, homerooms, studies, terms, versions
from exchange.programmes.views.blueprint import bp

__all__ = ["bp", "classes", "homerooms", "studies", "terms", "versions"]
