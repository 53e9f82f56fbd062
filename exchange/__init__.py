"""Exchange: enrolment, coursework, internship placements and certificates of the Dehong Yunnan class."""

from importlib import import_module

from flask import Flask

FEATURES = (
    "core",
    "reference",
    "accounts",
    "audit",
    "jobs",
    "attachments",
    "links",
    "imports",
    "partners",
    "programmes",
    "students",
    "orders",
    "enrolment",
    "registry",
    "placements",
    "welfare",
    "aid",
    "conduct",
    "selection",
    "attendance",
    "coursework",
    "attention",
    "certificates",
    "dashboard",
    "operations",
    "demo",
)


def create_app(**overrides: object) -> Flask:
    """Build the application; keyword arguments stand above the configuration."""
    from exchange.config import configure

    app = Flask(__name__, instance_relative_config=True, template_folder="../templates")
    configure(app, overrides)
    app.url_map.strict_slashes = False  # an address that is typed or shared may end with a slash
    for name in FEATURES:
        import_module(f"exchange.{name}").init_app(app)
    return app
